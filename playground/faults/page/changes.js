// What a page does around a request of its own: `askers[name]()` makes one and tells what it sees of the answer.
// Another script has the other origin, and what puts a function in the place of `fetch`.

/** @typedef {(...args: Parameters<typeof fetch>) => Promise<Response>} Fetch */

const path = 'assets/answer.wasm'

/** @type {Record<string, () => Promise<Response>>} */
const askers = {
  nothing: () => fetch(path),
  'another address': () => {
    const answer = fetch(path)
    history.pushState(null, '', '/en/home')
    return answer
  },
  'a URL that is used again': () => {
    const url = new URL(path, location.href)
    const answer = fetch(url)
    url.pathname = '/other.wasm'
    return answer
  },
  'headers that are used again': () => {
    const headers = new Headers()
    const answer = fetch(path, { headers })
    headers.set('Range', 'bytes=0-7')
    return answer
  },
  'options that are used again': () => {
    const options = {}
    const answer = fetch(path, options)
    Object.assign(options, { method: 'POST', body: 'text' })
    return answer
  },
  'an abort, and a new signal': () => {
    const controller = new AbortController()
    const options = { signal: controller.signal }
    const answer = fetch(path, options)
    controller.abort()
    options.signal = new AbortController().signal
    return answer
  },
  'a fetch for this call alone': () => {
    const restore = replaceFetch(counting)
    const answer = fetch(path)
    restore()
    return answer
  },
  'window.fetch for this call alone': () => {
    const restore = replaceFetch(counting)
    const answer = window.fetch(path)
    restore()
    return answer
  },
  'a fetch that wants a text': () => {
    replaceFetch(wantingText)
    return fetch(path, { credentials: 'include' })
  },
  'options with a hash, that are used again': () => {
    /** @type {RequestInit} */
    const options = {}
    const answer = fetch(path, options)
    options.integrity = `sha256-${'A'.repeat(43)}=`
    return answer
  },
  'no referrer': () => fetch(path, { referrer: '' }),
  'a policy for the referrer': () => fetch(path, { referrerPolicy: 'no-referrer' }),
  'a Request without a referrer': () => fetch(new Request(path, { referrerPolicy: 'no-referrer' })),
  'a condition': () => fetch(path, { headers: { 'If-None-Match': '"1"' } }),
  'redirects that are not followed': () => fetch(path, { redirect: 'manual' }),
  'another origin, without looking': () => fetch(`${elsewhere}/${path}`, { mode: 'no-cors' }),
  'no cache': () => fetch(path, { cache: 'no-store' }),
}

/** How often a function of the page's own has been called in place of the browser's. */
let calls = 0

/**
 * A function that counts its calls.
 *
 * @param {Fetch} own What it stands for.
 * @returns {Fetch}
 */
function counting(own) {
  return (...args) => {
    calls++
    return own(...args)
  }
}

/**
 * A function that takes no URL but a text.
 *
 * @param {Fetch} own What it stands for.
 * @returns {Fetch}
 */
function wantingText(own) {
  return (url, options) => own(/** @type {string} */ (url).replace(/^/, ''), options)
}

/**
 * What a page sees of an answer.
 *
 * @param {string} name A key of `askers`.
 */
async function tell(name) {
  try {
    const response = await /** @type {() => Promise<Response>} */ (askers[name])()
    const { length } = new Uint8Array(await response.arrayBuffer())
    return `${response.status} ${response.type}, ${length} bytes, ${calls} calls`
  } catch (error) {
    return /** @type {Error} */ (error).name
  }
}

Object.assign(self, { changes: { names: Object.keys(askers), tell } })
