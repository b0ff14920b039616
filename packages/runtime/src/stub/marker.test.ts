import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  bytes,
  closePage,
  cosFetch,
  entries,
  FakeStorage,
  hash,
  openPage,
  settled,
  url,
} from '../testing/fake-page.ts'

/** A response as the network gives it to the page. */
function fromNetwork(content: BodyInit = bytes, version: HeadersInit = { ETag: '"1"' }): Response {
  const response = new Response(content, { headers: { 'Content-Type': 'application/wasm', ...version } })
  return Object.defineProperties(response, {
    url: { value: url },
    type: { value: 'basic' },
    clone: { value: () => fromNetwork(content, version) },
  })
}

let markers: Map<string, string>
let network: ReturnType<typeof openPage>['network']
let storage: FakeStorage
const cache = {
  put: async (key: string, response: Response) => void markers.set(key, await response.text()),
  delete: async (key: string) => markers.delete(key),
}

beforeEach(() => {
  markers = new Map()
  storage = new FakeStorage()
  ;({ network } = openPage(storage))
  network.mockImplementation(async () => fromNetwork())
  vi.stubGlobal('caches', {
    match: async (key: string) => (markers.has(key) ? new Response(markers.get(key)) : undefined),
    open: async () => cache,
  })
})
afterEach(closePage)

const key = `https://wasm-cos.invalid/?${url}`
const marker = `${hash.value}"1"`
const askedCaches = (): string[] =>
  network.mock.calls.map(([input]) => (input instanceof Request ? input.cache : 'as it came'))

test('a download that was stored leaves a marker; with it, the HTTP cache is asked first', async () => {
  const fetch = cosFetch()
  await fetch(url)
  await settled('store')
  await vi.waitFor(() => expect([...markers]).toEqual([[key, marker]]))
  const response = await fetch(`${url}#top`)
  expect(await response.text()).toBe('the bytes of a module')
  expect(network.mock.lastCall![0]).toMatchObject({
    cache: 'only-if-cached',
    mode: 'same-origin',
    url: `${url}#top`,
  })
  expect(entries().map(({ event }) => event)).toEqual(['miss', 'store', 'cached'])
})

test.each(['private, no-store', 'NO-STORE'])('a download with %s leaves none', async (directives) => {
  const response = fromNetwork()
  response.headers.set('Cache-Control', directives)
  network.mockResolvedValue(response)
  const fetch = cosFetch()
  await fetch(url)
  await settled('store')
  await fetch(url)
  expect(markers.size).toBe(0)
  expect(network).toHaveBeenCalledOnce()
})

test('a server without ETag tells its responses by their date', async () => {
  const dated = (date: string) => async () => fromNetwork(bytes, { Date: date })
  network.mockImplementation(dated('Thu, 26 Nov 2026 22:00:00 GMT'))
  await cosFetch()(url)
  await vi.waitFor(() => expect([...markers]).toEqual([[key, `${hash.value}Thu, 26 Nov 2026 22:00:00 GMT`]]))
  await cosFetch()(url)
  network.mockImplementation(dated('Thu, 26 Nov 2026 22:00:01 GMT'))
  await cosFetch()(url)
  expect(entries().map(({ event }) => event)).toEqual(['miss', 'store', 'cached', 'hit'])
})

test('a response that nothing tells from others leaves no marker', async () => {
  network.mockImplementation(async () => fromNetwork(bytes, {}))
  await cosFetch()(url)
  await settled('store')
  await cosFetch()(url)
  expect(markers.size).toBe(0)
  expect(network).toHaveBeenCalledOnce()
})

test('without a marker, and with that of another file, it is not asked', async () => {
  storage.stored.set(hash.value, new Blob([bytes]))
  await cosFetch()(url)
  markers.set(key, `${'f'.repeat(64)}"1"`)
  await cosFetch()(url)
  expect(network).not.toHaveBeenCalled()
})

describe('with a marker', () => {
  beforeEach(() => {
    markers.set(key, marker)
    storage.stored.set(hash.value, new Blob([bytes]))
  })

  test.each<[string, () => Promise<Response>]>([
    ['has lost it', async () => Promise.reject(new TypeError('Failed to fetch'))],
    ['answers 504', async () => Object.defineProperty(fromNetwork(), 'ok', { value: false })],
    [
      'answers for another URL',
      async () => Object.defineProperty(fromNetwork(), 'url', { value: 'https://page.example/offline' }),
    ],
    ['is answered by a script', async () => new Response(bytes)],
    ['has what the server had there since', async () => fromNetwork('another build', { ETag: '"2"' })],
    ['hangs', () => new Promise(() => {})],
    ['has what another server sent', async () => fromNetwork('another build', { Date: 'today' })],
  ])('an HTTP cache that %s is forgotten, and the storage answers', async (_, answer) => {
    network.mockImplementation(answer)
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
    expect(askedCaches()).toEqual(['only-if-cached'])
    expect(entries().map(({ event }) => event)).toEqual(['hit'])
    await vi.waitFor(() => expect(markers.size).toBe(0))
  })

  test('who aborts says nothing of the HTTP cache', async () => {
    const controller = new AbortController()
    network.mockImplementation(async () => {
      controller.abort()
      throw new DOMException('Aborted', 'AbortError')
    })
    await expect(cosFetch()(url, { signal: controller.signal })).rejects.toThrow('Aborted')
    await vi.waitFor(() => expect(askedCaches()).toContain('only-if-cached'))
    network.mockImplementation(async () => fromNetwork())
    await cosFetch()(url)
    expect(entries().map(({ event }) => event)).toEqual(['cached'])
  })

  test('a request that asks the server whether its copy is fresh does not get that copy', async () => {
    await cosFetch()(url, { cache: 'no-cache' })
    expect(network).not.toHaveBeenCalled()
  })

  test('a file of another origin is asked of the storage alone: of its response nothing tells whose it is', async () => {
    const own = 'https://cdn.example/assets/index.js'
    const fetch = cosFetch(1, [[[own, 'assets/index.js']], [], []])
    const elsewhere = new URL('module-abc.wasm', own).href
    markers.set(`https://wasm-cos.invalid/?${elsewhere}`, marker)
    await fetch(elsewhere)
    expect(network).not.toHaveBeenCalled()
    expect(entries().map(({ event }) => event)).toEqual(['hit'])
  })

  test('a page with a service worker asks the storage', async () => {
    Object.assign(navigator, { serviceWorker: { controller: {} } })
    await cosFetch()(url)
    expect(network).not.toHaveBeenCalled()
  })

  test.each<[string, unknown]>([
    ['absent', undefined],
    [
      'throwing',
      {
        match: () => {
          throw new DOMException('no', 'SecurityError')
        },
      },
    ],
    ['failing', { match: async () => Promise.reject(new Error('no')) }],
    ['hanging', { match: () => new Promise(() => {}) }],
  ])('a Cache API that is %s leaves everything as it was', async (_, caches) => {
    vi.stubGlobal('caches', caches)
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
    expect(entries().map(({ event }) => event)).toEqual(['hit'])
  })

  test('no timer is left', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await cosFetch()(url)
    markers.clear()
    await cosFetch()(url)
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('a fetch of the page that throws for the HTTP cache: the storage answers', async () => {
  const fetch = cosFetch()
  await fetch(url)
  await settled('store')
  await vi.waitFor(() => expect(markers.size).toBe(1))
  network.mockImplementation(() => {
    throw new TypeError('only-if-cached')
  })
  expect(await (await fetch(url)).text()).toBe('the bytes of a module')
  expect(entries().map(({ event }) => event)).toEqual(['miss', 'store', 'hit'])
})

test('where the storage lacks the file, the network is not kept waiting for a marker', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('caches', { match: () => new Promise(() => {}), open: async () => cache })
  await cosFetch()(url)
  expect(entries()).toMatchObject([{ event: 'miss' }])
})

test('a cache that is full: the store is reported, and nothing else', async () => {
  vi.spyOn(cache, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  await cosFetch()(url)
  await settled('store')
  expect(entries().map(({ event }) => event)).toEqual(['miss', 'store'])
})
