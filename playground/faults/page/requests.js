// What pages do with XMLHttpRequest. It is served twice: as it is, and as a build leaves it.

const types = ['readystatechange', 'loadstart', 'progress', 'load', 'loadend', 'abort', 'error', 'timeout']

/** The parts of a request's story: what a page can see of it, moment by moment. */
class Story {
  request = new XMLHttpRequest()
  /** @type {string[]} */
  lines = []

  constructor() {
    for (const type of types) {
      this.request.addEventListener(type, (event) => this.seen(`${type} ${countsOf(event)}`))
    }
    // Attributes are seen in their order among the listeners.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    this.request.onreadystatechange = () => this.seen('onreadystatechange')
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    this.request.onload = () => {
      this.seen('onload')
      Promise.resolve().then(() => this.seen('after onload'))
    }
  }

  /** @param {string} what */
  seen(what) {
    const { readyState, status, responseURL, response, timeout, withCredentials, responseType } = this.request
    const type = this.request.getResponseHeader('Content-Type')
    const all = /^content-type: application\/wasm\r\n/m.test(this.request.getAllResponseHeaders())
    const shown = [
      readyState,
      status,
      responseURL,
      sizeOf(response),
      timeout,
      withCredentials,
      responseType,
      type,
      all,
    ]
    this.lines.push(`${what}: ${shown.join()}`)
  }

  /**
   * @param {string} what
   * @param {() => unknown} act
   */
  tried(what, act) {
    try {
      this.seen(`${what} ${String(act())}`)
    } catch (error) {
      this.seen(`${what} ${/** @type {Error} */ (error).name}`)
    }
  }

  /** @param {string} type */
  once(type) {
    return new Promise((resolve) => this.request.addEventListener(type, resolve, { once: true }))
  }
}

/** @param {unknown} response */
function sizeOf(response) {
  if (response instanceof Blob) return `Blob ${response.size} ${response.type}`
  return response instanceof ArrayBuffer ? response.byteLength : String(response)
}

/** @param {Event} event */
function countsOf(event) {
  if (!(event instanceof ProgressEvent)) return event.constructor.name
  return [event.constructor.name, event.lengthComputable, event.loaded, event.total].join(' ')
}

/**
 * @param {Story} story
 * @param {string} url
 * @param {XMLHttpRequestResponseType} [type]
 */
function start(story, url, type = 'arraybuffer') {
  story.request.open('GET', url)
  story.request.responseType = type
  story.request.send()
  story.seen('sent')
}

/** @type {Record<string, (story: Story, url: string) => unknown>} */
const stories = {
  'an ArrayBuffer': async (story, url) => {
    start(story, url)
    await story.once('loadend')
    const { response } = story.request
    story.seen(String(response === story.request.response))
    const { instance } = await WebAssembly.instantiate(response)
    story.seen(`answer ${/** @type {() => number} */ (instance.exports.answer)()}`)
  },
  'an ArrayBuffer, by code that asks for text at other times': async (story, url) => {
    story.request.open('GET', url, true)
    story.request.overrideMimeType('text/plain; charset=x-user-defined')
    story.request.responseType = 'arraybuffer'
    story.request.send()
    await story.once('loadend')
    const { instance } = await WebAssembly.instantiate(story.request.response)
    story.seen(`answer ${/** @type {() => number} */ (instance.exports.answer)()}`)
  },
  'what it has': async (story, url) => {
    const names = () => {
      /** @type {string[]} */
      const all = []
      for (const name in story.request) all.push(name)
      const own = Object.getOwnPropertyNames(story.request)
      return [...all.toSorted(), 'own:', ...own].join(' ')
    }
    story.seen(names())
    start(story, url)
    story.seen(names())
    await story.once('loadend')
    story.seen(names())
  },
  'a Blob whose type the page says': async (story, url) => {
    story.request.open('GET', url)
    story.request.overrideMimeType('text/x-own')
    story.request.responseType = 'blob'
    story.request.send()
    await story.once('loadend')
    story.seen(story.request.response.type)
  },
  'a Blob, with all that can be set': async (story, url) => {
    story.request.open('get', new URL(url, location.href), true, null, null)
    story.request.setRequestHeader('Accept', 'application/json, text/plain, */*')
    story.request.withCredentials = true
    story.request.timeout = 60_000
    story.request.responseType = 'blob'
    story.request.send(null)
    story.seen('sent')
    await story.once('loadend')
    story.tried('text', () => story.request.responseText)
    story.tried('no header', () => story.request.getResponseHeader(''))
  },
  'an abort while it is under way': async (story, url) => {
    start(story, url)
    story.request.abort()
    story.seen('aborted')
    await Promise.resolve()
    story.tried('send', () => story.request.send())
  },
  'an abort from a listener, when the headers are there': async (story, url) => {
    story.request.addEventListener('readystatechange', () => {
      if (story.request.readyState === 2) story.request.abort()
    })
    start(story, url)
    await story.once('loadend')
    await Promise.resolve()
    story.seen('end')
  },
  'an abort when all is over': async (story, url) => {
    start(story, url)
    await story.once('loadend')
    story.request.abort()
    story.seen('aborted')
    story.request.abort()
    story.seen('aborted again')
  },
  'one request after the other': async (story, url) => {
    for (const type of /** @type {const} */ (['arraybuffer', 'blob', 'text', 'arraybuffer'])) {
      start(story, url, type)
      await story.once('loadend')
    }
  },
  'a request that is opened anew while it is under way': async (story, url) => {
    start(story, url)
    story.request.open('GET', url)
    story.seen('opened')
    story.request.send()
    await story.once('loadend')
  },
  'a request that is opened anew by a listener': async (story, url) => {
    // What waits for an event runs before its next listener only where no script has dispatched it.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    story.request.onload = null
    story.request.addEventListener('load', () => start(story, url), { once: true })
    start(story, url)
    await story.once('loadend')
    await story.once('loadend')
  },
  'what must not be done': async (story, url) => {
    story.tried('send', () => story.request.send())
    start(story, url)
    story.tried('send', () => story.request.send())
    story.tried('header', () => story.request.setRequestHeader('Accept', '*/*'))
    await story.once('loadend')
    story.tried('send', () => story.request.send())
    story.tried('header', () => story.request.setRequestHeader('Accept', '*/*'))
    story.tried('open', () => story.request.open('TRACE', url))
  },
  'what it is': (story) => {
    const { request } = story
    const own = Object.keys(request)
    story.seen(
      [
        request instanceof XMLHttpRequest,
        request.constructor === XMLHttpRequest,
        String(request),
        request.DONE,
        own.length,
        // A page may keep what is its own in it.
        Object.assign(request, { mine: 1 }).mine,
      ].join(),
    )
  },
  'a listener that throws': async (story, url) => {
    addEventListener('error', (event) => event.preventDefault(), { once: true })
    story.request.addEventListener('readystatechange', () => {
      if (story.request.readyState === 3) throw new Error('mine')
    })
    start(story, url)
    await story.once('loadend')
  },
  'a synchronous request': (story, url) => {
    story.request.open('GET', url, false)
    story.request.send()
    story.seen('sent')
  },
  'another request': async (story, url) => {
    story.request.open('POST', url)
    story.request.responseType = 'arraybuffer'
    story.request.send('body')
    await story.once('loadend')
  },
  'a request for a part': async (story, url) => {
    story.request.open('GET', url)
    story.request.setRequestHeader('Range', 'bytes=0-7')
    story.request.responseType = 'arraybuffer'
    story.request.send()
    await story.once('loadend')
  },
  'no file': async (story) => {
    start(story, '/assets/none.wasm')
    await story.once('loadend')
  },
}

/**
 * @param {string} name
 * @param {string} url
 */
async function tell(name, url) {
  const story = new Story()
  await stories[name]?.(story, url)
  await new Promise((resolve) => setTimeout(resolve))
  return story.lines
}

Object.assign(self, { requests: { names: Object.keys(stories), tell } })
