import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCosXhr } from './create-cos-xhr.ts'
import { bytes, closePage, stub, FakeStorage, hash, openPage, settled, url } from '../testing/fake-page.ts'

// playground/faults tells in Chromium what pages see. Here is what no server can be made to do, and what other classes are.

/** A request whose server answers at once, in a class that shows itself as a browser's. */
class FakeXhr extends EventTarget {
  static sent: FakeXhr[] = []
  responseType = ''
  withCredentials = false
  calls: unknown[][] = []
  /** The time that the request itself has. */
  time = 0
  #state = 0
  #response: unknown = null

  get readyState(): number {
    return this.#state
  }
  get status(): number {
    return this.#response === null ? 0 : 200
  }
  get response(): unknown {
    return this.#response
  }
  get timeout(): number {
    return this.time
  }
  set timeout(time) {
    this.time = time
  }
  open(...args: unknown[]): void {
    this.calls.push(['open', ...args])
    this.#state = 1
  }
  setRequestHeader(...args: unknown[]): void {
    this.calls.push(['setRequestHeader', ...args])
  }
  overrideMimeType(): void {}
  getResponseHeader(): null {
    return null
  }
  abort(): void {
    this.calls.push(['abort'])
  }
  send(...args: unknown[]): void {
    this.calls.push(['send', ...args])
    FakeXhr.sent.push(this)
    this.dispatchEvent(new Event('loadstart'))
    this.#response = bytes.slice().buffer
    this.dispatchEvent(new Event('load'))
    this.dispatchEvent(new Event('loadend'))
  }
}

let storage: FakeStorage
beforeEach(() => {
  storage = new FakeStorage()
  openPage(storage)
  FakeXhr.sent = []
  const { get } = Object.getOwnPropertyDescriptor(FakeXhr.prototype, 'readyState')!
  const { toString } = Function.prototype
  vi.spyOn(Function.prototype, 'toString').mockImplementation(function (this: unknown) {
    return this === get ? 'function get readyState() { [native code] }' : toString.call(this)
  })
  vi.stubGlobal('XMLHttpRequest', FakeXhr)
  vi.stubGlobal('ProgressEvent', class extends Event {})
})
afterEach(closePage)

function start(prepare: (request: FakeXhr) => void = () => {}): { request: FakeXhr; events: string[] } {
  const request = new (createCosXhr(stub(), 0) as unknown as typeof FakeXhr)()
  const events: string[] = []
  for (const type of ['loadstart', 'load', 'loadend', 'error', 'abort', 'timeout'])
    request.addEventListener(type, () => events.push(type))
  request.open('GET', url)
  request.responseType = 'arraybuffer'
  prepare(request)
  request.send()
  return { request, events }
}

const ended = (events: string[]): Promise<void> => vi.waitFor(() => expect(events.at(-1)).toBe('loadend'))

test('a hit sends nothing', async () => {
  storage.stored.set(hash.value, new Blob([bytes]))
  const { request, events } = start()
  await ended(events)
  expect(events).toEqual(['loadstart', 'load', 'loadend'])
  expect(FakeXhr.sent).toEqual([])
  expect(new Uint8Array(request.response as ArrayBuffer)).toEqual(bytes)
})

test('a miss is sent as it came, with one loadstart, and what came is stored', async () => {
  const { request, events } = start((request) => request.setRequestHeader('Accept', '*/*'))
  await ended(events)
  expect(events).toEqual(['loadstart', 'load', 'loadend'])
  expect(request.calls).toEqual([['open', 'GET', url], ['setRequestHeader', 'Accept', '*/*'], ['send']])
  await settled('store')
  expect(storage.written).toHaveLength(1)
})

test('what is asked for is what was opened: the page may use its URL for the next request', async () => {
  storage.stored.set(hash.value, new Blob([bytes]))
  const asked = new URL('https://page.example/other.wasm')
  const { events } = start((request) => {
    request.open('GET', asked)
    asked.href = url
  })
  await ended(events)
  expect(FakeXhr.sent).toHaveLength(1)
  expect(storage.lookups).toBe(0)
})

test('a page that gives its bytes away stores them all the same', async () => {
  const { request, events } = start()
  request.addEventListener('load', () =>
    structuredClone(request.response, { transfer: [request.response as ArrayBuffer] }),
  )
  await ended(events)
  await settled('store')
  expect(storage.written[0]!.text).toBe(new TextDecoder().decode(bytes))
})

describe('time', () => {
  test('a storage that hangs is waited for no longer than the request may take', async () => {
    storage.getFileHandle = () => new Promise(() => {})
    const { events } = start((request) => (request.timeout = 20))
    await ended(events)
    expect(events).toEqual(['loadstart', 'timeout', 'loadend'])
    expect(FakeXhr.sent).toEqual([])
  })

  test('what was waited is no longer there for the network; the page sees what it has set', async () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const { getFileHandle } = storage
    storage.getFileHandle = async (...args) => {
      now = 20
      return getFileHandle.apply(storage, args)
    }
    const { request, events } = start((request) => (request.timeout = 60_000))
    await ended(events)
    expect(request.timeout).toBe(60_000)
    expect(request.time).toBe(59_980)
    request.open('GET', url)
    expect(request.time).toBe(60_000)
  })
})

describe('the browser has it alone', () => {
  test.each<[string, (request: FakeXhr) => void]>([
    ['a request with a user', (request) => request.open('GET', url, true, 'me', 'secret')],
    ['a synchronous request', (request) => request.open('GET', url, false)],
    ['a synchronous request, said so by nothing', (request) => request.open('GET', url, undefined)],
    ['another method', (request) => request.open('HEAD', url)],
    ['another file', (request) => request.open('GET', 'https://page.example/other.wasm')],
    ['a part', (request) => request.setRequestHeader('Range', 'bytes=0-1')],
    ['text', (request) => (request.responseType = '')],
    [
      'a blob with a type of its own',
      (request) => {
        request.responseType = 'blob'
        request.overrideMimeType()
      },
    ],
  ])('%s', (_, prepare) => {
    storage.stored.set(hash.value, new Blob([bytes]))
    const { events } = start(prepare)
    expect(FakeXhr.sent).toHaveLength(1)
    expect(events).toEqual(['loadstart', 'load', 'loadend'])
  })

  test.each<[string, () => unknown]>([
    [
      'a proxy in place of the class',
      () => new Proxy(FakeXhr, { construct: () => new Proxy(new FakeXhr(), {}) }),
    ],
    [
      'a class without accessors',
      () =>
        function () {
          return { open() {} }
        },
    ],
    [
      'a class of the page',
      () =>
        class extends EventTarget {
          get readyState() {
            return 0
          }
        },
    ],
    [
      'an instance with a method of its own',
      () =>
        class extends FakeXhr {
          override open = () => {}
        },
    ],
  ])('%s', (_, make) => {
    vi.stubGlobal('XMLHttpRequest', make())
    const made = new (createCosXhr(stub(), 0) as unknown as typeof XMLHttpRequest)()
    expect(Object.getOwnPropertyDescriptor(made, 'send')).toBeUndefined()
  })

  test('a browser without Cross-Origin Storage', () => {
    openPage()
    const made = new (createCosXhr(stub(), 0) as unknown as typeof XMLHttpRequest)()
    expect(Object.getOwnPropertyNames(made)).not.toContain('open')
  })
})
