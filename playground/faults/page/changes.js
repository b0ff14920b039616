// Another script has `elsewhere`, an origin, and `replaceFetch(make)`, which returns what puts the former one back.
/* global replaceFetch */
// What a page does around a request of its own: `askers[name]()` makes one and tells what it sees of the answer.
const path = 'assets/answer.wasm'

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
    replaceFetch((own) => (url, options) => own(url.replace('assets', 'assets'), options))
    return fetch(path, { credentials: 'include' })
  },
  'options with a hash, that are used again': () => {
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
  'another origin, without looking': () => fetch(`${globalThis.elsewhere}/${path}`, { mode: 'no-cors' }),
  'no cache': () => fetch(path, { cache: 'no-store' }),
}

/** How often a function of the page's own has been called in place of the browser's. */
let calls = 0

/** A function that counts its calls. */
function counting(own) {
  return (...args) => {
    calls++
    return own(...args)
  }
}

globalThis.changes = {
  names: Object.keys(askers),
  async tell(name) {
    try {
      const response = await askers[name]()
      const { length } = new Uint8Array(await response.arrayBuffer())
      return `${response.status} ${response.type}, ${length} bytes, ${calls} calls`
    } catch (error) {
      return error.name
    }
  },
}
