import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  bytes,
  closePage,
  cosFetch,
  entries,
  FakeStorage,
  hash,
  openPage,
  url,
} from '../testing/fake-page.ts'

const integrity = `sha256-${createHash('sha256').update(bytes).digest('base64')}`

let storage: FakeStorage
let network: ReturnType<typeof openPage>['network']
beforeEach(() => {
  storage = new FakeStorage()
  ;({ network } = openPage(storage))
  vi.stubGlobal('INTEGRITY', true)
})
afterEach(closePage)

/** The requests that the network got. */
const sent = (): Request[] => network.mock.calls.map((args) => new Request(...args))

describe('every request for the whole file carries the hash', () => {
  const requests: [string, ...Parameters<typeof fetch>][] = [
    ['a string', url],
    ['options', url, { credentials: 'include' }],
    ['headers', url, { headers: { Authorization: 'Bearer' } }],
    ['cache: reload', url, { cache: 'reload' }],
    ['a Request', new Request(url)],
    ['options that are a Request', url, new Request(url, { credentials: 'omit' })],
  ]
  test.each(requests)('%s', async (_, input, init) => {
    await cosFetch()(input, init)
    const [seen, options] = network.mock.calls[0]!
    expect(new Request(seen, options)).toMatchObject({ url, integrity, method: 'GET' })
    const { credentials, cache } = new Request(input, init)
    expect(new Request(seen, options)).toMatchObject({ credentials, cache })
  })

  test('without the API too', async () => {
    ;({ network } = openPage())
    vi.stubGlobal('INTEGRITY', true)
    await cosFetch()(url)
    expect(sent()).toMatchObject([{ url, integrity }])
  })

  test('where the navigator throws too', async () => {
    const getter = (): never => {
      throw new DOMException('no', 'SecurityError')
    }
    vi.stubGlobal('navigator', Object.defineProperty({}, 'crossOriginStorage', { get: getter }))
    vi.stubGlobal('RETHROWS', false)
    await cosFetch()(url)
    expect(sent()).toMatchObject([{ url, integrity }])
    expect(entries()).toEqual([])
  })
})

test('who has replaced fetch gets what the page gives, and the hash', async () => {
  const headers = { Authorization: 'Bearer' }
  await cosFetch()(url, { headers, credentials: 'include' })
  const [input, init] = network.mock.lastCall!
  expect(input).toBe(url)
  expect(init).toMatchObject({ credentials: 'include', integrity })
  expect(init!.headers).toBe(headers)
})

test.each<[string, ...Parameters<typeof fetch>]>([
  ['a URL', url, { referrer: '', referrerPolicy: 'no-referrer' }],
  ['a Request', new Request(url, { referrer: '', referrerPolicy: 'no-referrer' })],
])('the referrer of %s stays', async (_, input, init) => {
  network.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  await cosFetch()(input, init)
  const expected = { referrer: '', referrerPolicy: 'no-referrer' }
  expect(sent()).toMatchObject([expected, expected, expected])
})

test.each(['reload', 'no-store'] as const)('cache: %s is not tried again', async (cache) => {
  network.mockRejectedValue(new TypeError('Failed to fetch'))
  await expect(cosFetch()(url, { cache })).rejects.toThrow(TypeError)
  expect(sent()).toMatchObject([{ integrity, cache }])
})

test.each<[string, ...Parameters<typeof fetch>]>([
  ['a condition', url, { headers: { 'If-None-Match': '"1"' } }],
  ['no-cors', url, { mode: 'no-cors' }],
  ['redirects that are not followed', url, { redirect: 'manual' }],
  ['a range', url, { headers: { Range: 'bytes=0-7' } }],
  ['integrity of its own', url, { integrity: 'sha384-AAAA' }],
  ['a POST', url, { method: 'POST' }],
  ['another file', 'https://page.example/other.wasm'],
])('%s stays as it is', async (_, input, init) => {
  await cosFetch()(input, init)
  expect(network.mock.calls[0]![1]).toBe(init)
})

test('headers that can be read once are sent, with the hash or without', async () => {
  for (const [requested, hash] of [
    [url, integrity],
    ['https://page.example/api', ''],
  ] as const) {
    const headers = new Map([['authorization', 'Bearer']]).entries()
    await cosFetch()(requested, { headers: headers as never })
    const request = new Request(...(network.mock.lastCall as [string, RequestInit]))
    expect(request.headers.get('authorization')).toBe('Bearer')
    expect(request).toMatchObject({ url: requested, integrity: hash })
  }
})

test('headers keep a request away from the storage', async () => {
  storage.stored.set(hash.value, new Blob([bytes]))
  await cosFetch()(url, { headers: { Authorization: 'Bearer' } })
  expect(network).toHaveBeenCalledOnce()
})

test.each([404, 503])(
  'what the server says in place of a file (%i) is what the page gets',
  async (status) => {
    // A browser checks the body of every status.
    network.mockImplementation(async (input, init) => {
      if (new Request(input, init).integrity) throw new TypeError('Failed to fetch')
      return new Response('not here', { status })
    })
    const response = await cosFetch()(url)
    expect([response.status, await response.text()]).toEqual([status, 'not here'])
    expect(sent()).toMatchObject([{ integrity }, { integrity: '', cache: 'reload' }])
    expect(entries()).toMatchObject([{ event: 'miss' }])
  },
)

test('options that are inherited or have getters count', async () => {
  class Options {
    get cache() {
      return 'no-cache' as const
    }
  }
  await cosFetch()(url, Object.create({ credentials: 'include' }))
  await cosFetch()(url, new Options())
  expect(sent()).toMatchObject([
    { integrity, credentials: 'include' },
    { integrity, cache: 'no-cache' },
  ])
})

test('a stale HTTP cache is healed by one reload, and reported', async () => {
  network.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
  expect(sent()).toMatchObject([
    { url, integrity, cache: 'default' },
    { url, cache: 'reload' },
    { url, integrity, cache: 'force-cache' },
  ])
  expect(entries()).toMatchObject([{ event: 'miss' }, { event: 'error', reason: 'StaleCache' }])
})

test('a file that stays wrong fails as fetch does, and is reported', async () => {
  const error = new TypeError('Failed to fetch')
  network.mockRejectedValue(error)
  await expect(cosFetch()(url)).rejects.toBe(error)
  expect(network).toHaveBeenCalledTimes(2)
  expect(entries()).toMatchObject([{ event: 'miss' }, { event: 'error', reason: 'FetchFailed' }])
})

test('what the HTTP cache alone is asked for is not asked of the network', async () => {
  const error = new TypeError('Failed to fetch')
  network.mockRejectedValue(error)
  const init: RequestInit = { cache: 'only-if-cached', mode: 'same-origin' }
  await expect(cosFetch()(url, init)).rejects.toBe(error)
  expect(sent()).toMatchObject([{ integrity, cache: 'only-if-cached' }])
})

test('a fetch that throws where it should reject is tried again, and reported', async () => {
  network.mockImplementation(() => {
    throw new TypeError('no')
  })
  await expect(cosFetch()(url)).rejects.toThrow(TypeError)
  expect(network).toHaveBeenCalledTimes(2)
  expect(entries()).toMatchObject([{ event: 'miss' }, { event: 'error', reason: 'FetchFailed' }])
})

test('an aborted request is not tried again', async () => {
  const controller = new AbortController()
  network.mockImplementation(async () => {
    controller.abort()
    throw controller.signal.reason
  })
  await expect(cosFetch()(url, { signal: controller.signal })).rejects.toThrow(/abort/)
  expect(network).toHaveBeenCalledOnce()
})

test('a hit needs no network', async () => {
  storage.stored.set(hash.value, new Blob([bytes]))
  expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
  expect(network).not.toHaveBeenCalled()
})
