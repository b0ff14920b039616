import { createHash } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  bytes,
  closePage,
  cosFetch,
  entries,
  FakeStorage,
  file,
  hash,
  makeNative,
  openPage,
  places,
  settled,
  url,
} from '../testing/fake-page.ts'
import type { WasmHash } from '../api.ts'
import type { StubFile } from './table.ts'

afterEach(closePage)

const integrity = `sha256-${createHash('sha256').update(bytes).digest('base64')}`
const common = { file: file[0], hash: hash.value, size: bytes.byteLength, url }

/** A storage that has the file. */
function filled(): FakeStorage {
  const storage = new FakeStorage()
  storage.stored.set(hash.value, new Blob([bytes]))
  return storage
}

test.each([0, '', false])('options that make no request are no request of ours: %j', (options) => {
  openPage(filled())
  // In tests, what throws is thrown; in pages, fetch gets the call.
  expect(() => cosFetch()(url, options as never)).toThrow(TypeError)
})

describe('a request that is not ours goes to fetch as it came', () => {
  const request = new Request(url, { method: 'POST', body: 'text' })
  const requests: [string, ...Parameters<typeof fetch>][] = [
    ['another path', 'https://page.example/assets/module-abc.wasm.map'],
    ['the name alone', 'https://page.example/module-abc.wasm'],
    ['a longer name', 'https://page.example/assets/my-module-abc.wasm'.replace('my-', 'assets-')],
    ['another origin', 'https://elsewhere.example/app/assets/module-abc.wasm'],
    ['another origin with ours in it', `https://elsewhere.example/assets/other?${url}`],
    ['POST', url, { method: 'POST', body: 'text' }],
    ['HEAD', url, { method: 'HEAD' }],
    ['a Request with a body', request],
    ['a Request that becomes a POST', new Request(url), { method: 'POST' }],
    ['cache: reload', url, { cache: 'reload' }],
    ['cache: no-store', new Request(url, { cache: 'no-store' })],
    ['a range', url, { headers: { Range: 'bytes=0-7' } }],
    ['one type', url, { headers: { Accept: 'application/json' } }],
    ['every type, with another header', url, { headers: { Accept: '*/*', 'X-Any': '*/*' } }],
    ['a Request for a range', new Request(url, { headers: { Range: 'bytes=0-7' } })],
    ['headers that can be read once', url, { headers: new Map([['Accept', '*/*']]).entries() as never }],
    ['integrity of its own', url, { integrity: 'sha256-AAAA' }],
    ['a Request with integrity', new Request(url, { integrity: 'sha256-AAAA' })],
    ['another folder', 'https://page.example/uploads/assets/module-abc.wasm'],
    ['an escaped slash', 'https://page.example/app/assets%2Fmodule-abc.wasm'],
  ]

  test.each(requests)('%s', async (_, ...args) => {
    const storage = filled()
    const { network } = openPage(storage)
    await cosFetch()(...args)
    expect(network.mock.calls).toEqual([args])
    // The very same objects: nothing was copied, read or consumed.
    network.mock.calls[0]!.forEach((argument, index) => expect(argument).toBe(args[index]))
    expect(storage.lookups).toBe(0)
    expect(entries()).toEqual([])
  })

  const broken: [string, ...Parameters<typeof fetch>][] = [
    ['a path that cannot be decoded', 'https://page.example/%ff/assets/module-abc.wasm'],
    ['no arguments', ...([] as never as Parameters<typeof fetch>)],
    ['something that is no URL', 'http://['],
    ['an object', {} as never],
    ['what is no text', Symbol('no') as never],
    [
      'options that throw',
      url,
      {
        get method(): never {
          throw new Error('no')
        },
      },
    ],
  ]
  test.each(broken)('%s, which throws', async (_, ...args) => {
    const { network } = openPage(filled())
    vi.stubGlobal('RETHROWS', false)
    await cosFetch()(...args)
    expect(network.mock.calls).toEqual([args])
  })

  test('a body can still be read', async () => {
    openPage(filled())
    const request = new Request(url, { method: 'POST', body: 'text' })
    await cosFetch()(request)
    expect(request.bodyUsed).toBe(false)
  })

  test('what fetch returns is returned, promise and all', () => {
    const { network } = openPage(filled())
    const promise = Promise.resolve(new Response())
    network.mockReturnValue(promise)
    expect(cosFetch()('https://page.example/other')).toBe(promise)
  })

  test('what fetch throws is thrown', () => {
    const { network } = openPage(filled())
    network.mockImplementation(() => {
      throw new RangeError('no')
    })
    expect(() => cosFetch()('https://page.example/other')).toThrow(RangeError)
  })
})

describe('a request that is ours is answered from the storage', () => {
  const requests: [string, ...Parameters<typeof fetch>][] = [
    ['a string', url],
    ['a URL', new URL(url)],
    ['a Request', new Request(url)],
    ['with query and fragment', `${url}?v=1#top`],
    ['with what is escaped', url.replace('-abc', '%2Dabc')],
    ['with the method in lower case', url, { method: 'get' }],
    ['with credentials', url, { credentials: 'same-origin' }],
    ['past a stale cache', url, { cache: 'no-cache' }],
    ['with a signal', url, { signal: new AbortController().signal }],
    ['with no signal', url, { signal: null }],
    ['without options', url, undefined],
    ['with null for options', url, null as never],
    ['with headers that are none', url, { headers: {} }],
    ['with empty Headers', url, { headers: new Headers() }],
    ['with an empty list of headers', url, { headers: [] }],
    ['of which every type is accepted', url, { headers: { Accept: '*/*' } }],
    ['of which axios accepts all', url, { headers: { Accept: 'application/json, text/plain, */*' } }],
    ['with the integrity of the file', url, { integrity }],
    ['a Request with the integrity of the file', new Request(url, { integrity })],
  ]
  test.each(requests)('%s', async (_, ...args) => {
    const { network } = openPage(filled())
    const response = await cosFetch()(...args)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
    expect(network).not.toHaveBeenCalled()
  })

  test('with everything a response of the network has', async () => {
    openPage(filled())
    const response = await cosFetch()(url)
    expect(response).toMatchObject({ url, status: 200, ok: true })
    expect(response.headers.get('Content-Type')).toBe('application/wasm')
    expect(Number(response.headers.get('Content-Length'))).toBe(bytes.byteLength)
    expect(entries()).toMatchObject([{ event: 'hit', ...common }])
    expect(entries()[0]!.reason).toBeUndefined()
  })

  test('of several files the right one', async () => {
    const storage = filled()
    openPage(storage)
    const other: StubFile = ['assets/other.wasm', 3, { algorithm: 'SHA-256', value: 'f'.repeat(64) }]
    const response = await cosFetch(1, places, [other, file])(url)
    expect(await response.text()).toBe('the bytes of a module')
  })

  const names = ['getFileHandle', 'requestFileHandle', 'requestFileHandles'] as const
  const later = (): never => {
    throw new Error('A newer name goes first.')
  }
  test.each(names.map((name, index) => [name, names.slice(index + 1)] as const))(
    'by %s, also where there is %j',
    async (name, older) => {
      const storage = new FakeStorage()
      const method =
        name === 'requestFileHandles'
          ? async ([hash]: [WasmHash], options: object) => [await storage.getFileHandle(hash, options)]
          : storage.getFileHandle.bind(storage)
      const manager = { [name]: method, ...Object.fromEntries(older.map((name) => [name, later])) }
      const { network } = openPage(manager)
      const fetch = cosFetch()
      await fetch(url)
      await settled('store')
      await (await fetch(url)).text()
      expect(network).toHaveBeenCalledTimes(1)
      expect(entries().map(({ event }) => event)).toEqual(['miss', 'store', 'hit'])
    },
  )
})

describe('a miss', () => {
  test('goes to fetch with the very arguments, looked up on the global at that moment', async () => {
    openPage(new FakeStorage())
    const fetch = cosFetch()
    const later = vi.fn(async () => new Response(bytes))
    vi.stubGlobal('fetch', later)
    const init = { credentials: 'include' } as const
    await fetch(url, init)
    expect(later.mock.calls).toEqual([[url, init]])
    expect(entries()).toMatchObject([{ event: 'miss', ...common }])
    // A reason is for errors.
    expect(entries()[0]!.reason).toBeUndefined()
  })

  test('goes to the function that the stub is bound to', async () => {
    const { network } = openPage(new FakeStorage())
    const wrapped = vi.fn(async () => new Response(bytes))
    await cosFetch().call(wrapped as never, url)
    expect(wrapped).toHaveBeenCalledOnce()
    expect(network).not.toHaveBeenCalled()
  })

  test('hands on the response itself', async () => {
    const { network } = openPage(new FakeStorage())
    const response = new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } })
    network.mockResolvedValue(response)
    expect(await cosFetch()(url)).toBe(response)
  })

  test.each<[StubFile[3], object]>([
    ['*', { create: true, origins: '*' }],
    [['https://a.example'], { create: true, origins: ['https://a.example'] }],
    [undefined, { create: true }],
  ])('is stored for %j', async (origins, options) => {
    const storage = new FakeStorage()
    openPage(storage)
    await cosFetch(1, places, [[file[0], file[1], hash, origins!]])(url)
    await settled('store')
    expect(storage.written).toEqual([
      { hash, options, type: 'application/wasm', text: 'the bytes of a module' },
    ])
    expect(entries()[1]).toMatchObject({ event: 'store', ...common })
  })

  test('of a wrong type can be streamed all the same, at the URL where it was found', async () => {
    const { network } = openPage(new FakeStorage())
    const response = new Response(bytes, { headers: { 'Content-Type': 'text/html', 'X-Other': 'kept' } })
    Object.defineProperty(response, 'url', { value: 'https://page.example/redirected' })
    // Where both are the browser's, one can be cancelled while the other is read.
    const clone = vi.spyOn(response, 'clone')
    network.mockResolvedValue(response)
    const seen = await cosFetch()(url)
    expect(clone).toHaveBeenCalledOnce()
    expect(seen.headers.get('Content-Type')).toBe('application/wasm')
    expect(seen.headers.get('X-Other')).toBe('kept')
    expect(seen.url).toBe('https://page.example/redirected')
    expect(await seen.text()).toBe('the bytes of a module')
  })

  test.each([
    ['404', new Response('not found', { status: 404 }), []],
    ['500', new Response(bytes, { status: 500 }), []],
    ['part of it', new Response(bytes.slice(0, 5), { status: 206 }), ['SizeMismatch']],
    ['another page', new Response('<!doctype html>'), ['SizeMismatch']],
    ['other bytes', new Response('THE BYTES OF A MODULE'), ['HashMismatch']],
    ['an empty body', new Response(''), ['SizeMismatch']],
    ['no body', new Response(null, { status: 204 }), ['SizeMismatch']],
  ])('that the network answers with %s is not stored', async (_, response, reasons) => {
    const storage = new FakeStorage()
    const { network } = openPage(storage)
    const { status, statusText } = response
    network.mockResolvedValue(response)
    expect(await cosFetch()(url)).toMatchObject({ status, statusText })
    if (reasons.length > 0) await settled('error')
    expect(storage.written).toEqual([])
    expect(entries().slice(1)).toMatchObject(reasons.map((reason) => ({ event: 'error', reason })))
  })

  test('whose body breaks off is not stored, and the caller sees it break', async () => {
    const storage = new FakeStorage()
    const { network } = openPage(storage)
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, 4))
        controller.error(new TypeError('network error'))
      },
    })
    network.mockResolvedValue(new Response(body))
    await expect((await cosFetch()(url)).arrayBuffer()).rejects.toThrow('network error')
    await settled('error')
    expect(storage.written).toEqual([])
  })

  test('rejects as fetch does', async () => {
    const { network } = openPage(new FakeStorage())
    const error = new TypeError('Failed to fetch')
    network.mockRejectedValue(error)
    await expect(cosFetch()(url)).rejects.toBe(error)
  })

  test('that a page answers with something else than a Response is handed on', async () => {
    const { network } = openPage(new FakeStorage())
    vi.stubGlobal('RETHROWS', false)
    const answer = { ok: true, text: async () => 'mocked' } as never
    network.mockResolvedValue(answer)
    expect(await cosFetch()(url)).toBe(answer)
  })
})

describe('requests at the same time', () => {
  test('share one lookup and one store', async () => {
    const storage = new FakeStorage()
    openPage(storage)
    const fetch = cosFetch()
    await Promise.all([fetch(url), fetch(url), fetch(url)])
    await settled('store')
    expect(storage.lookups).toBe(1)
    expect(storage.written).toHaveLength(1)
    expect(entries().map(({ event }) => event)).toEqual(['miss', 'miss', 'miss', 'store'])
  })

  test('share one hit, and each reads it', async () => {
    const storage = filled()
    openPage(storage)
    const fetch = cosFetch()
    const responses = await Promise.all([fetch(url), fetch(url)])
    for (const response of responses) expect(await response.text()).toBe('the bytes of a module')
    expect(storage.lookups).toBe(1)
  })

  test('for several files look up in parallel', async () => {
    const asked: string[] = []
    openPage({ getFileHandle: ({ value }: WasmHash) => (asked.push(value), new Promise(() => {})) })
    const files = ['a', 'b', 'c'].map((digit): StubFile => [
      `${digit}.wasm`,
      1,
      { algorithm: 'SHA-256', value: digit.repeat(64) },
    ])
    const fetch = cosFetch(1, places, files)
    const responses = files.map(([name]) => fetch(`https://page.example/app/${name}`))
    expect(asked).toEqual(files.map(([, , { value }]) => value))
    await Promise.all(responses)
  })

  test('a storage that comes later is asked', async () => {
    openPage(null as never)
    const fetch = cosFetch()
    await fetch(url)
    const { network } = openPage(filled())
    await fetch(url)
    expect(network).not.toHaveBeenCalled()
  })

  test('later ones look up anew', async () => {
    const storage = filled()
    openPage(storage)
    const fetch = cosFetch()
    await fetch(url)
    await fetch(url)
    expect(storage.lookups).toBe(2)
  })
})

describe('a hit that is not what it should be', () => {
  const others: [string, BlobPart, string][] = [
    ['one flipped bit', bytes.map((byte, index) => (index === 7 ? byte ^ 1 : byte)), 'HashMismatch'],
    ['truncated', bytes.slice(0, -1), 'SizeMismatch'],
    ['empty', '', 'SizeMismatch'],
    ['too long', `${'x'.repeat(1000)}`, 'SizeMismatch'],
  ]
  test.each(others)('%s: the network serves, and the storage is mended', async (_, content, reason) => {
    const storage = new FakeStorage()
    storage.stored.set(hash.value, new Blob([content]))
    const { network } = openPage(storage)
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
    expect(network).toHaveBeenCalledOnce()
    await settled('store')
    expect(entries()).toMatchObject([{ event: 'error', reason }, { event: 'store' }])
    expect(await storage.stored.get(hash.value)!.text()).toBe('the bytes of a module')
  })

  test('is not even read if its size is wrong', async () => {
    const storage = filled()
    const read = vi.fn()
    storage.getFileHandle = async () => ({ getFile: async () => ({ size: 2 ** 33, arrayBuffer: read }) })
    openPage(storage)
    await cosFetch()(url)
    expect(read).not.toHaveBeenCalled()
  })

  test('does not pass where the page has a digest that does not work', async () => {
    const storage = filled()
    const { network } = openPage(storage)
    vi.stubGlobal('crypto', { subtle: { digest: async () => undefined } })
    await cosFetch()(url)
    expect(network).toHaveBeenCalledOnce()
  })
})

/** A storage whose file is this one. */
const storageOf = (file: unknown): object => ({
  getFileHandle: async () => ({ getFile: async () => file }),
})

describe('a hit that was checked is not read again', () => {
  test('the file may be written meanwhile, with the same bytes', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'wasm-cos-'))
    const path = join(directory, 'stored')
    await writeFile(path, bytes)
    const { network } = openPage(storageOf(await openAsBlob(path)))
    const response = await cosFetch()(url)
    await writeFile(path, bytes)
    await utimes(path, 0, 0)
    expect(await response.text()).toBe('the bytes of a module')
    expect(network).not.toHaveBeenCalled()
    await rm(directory, { recursive: true })
  })

  test('it need not be a File', async () => {
    openPage(storageOf({ size: bytes.byteLength, arrayBuffer: async () => bytes.buffer }))
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
    expect(entries()).toMatchObject([{ event: 'hit' }])
  })
})

test('what is not a File is checked in any case: of an object a response has the text', async () => {
  openPage(storageOf({ size: bytes.byteLength, arrayBuffer: async () => bytes.buffer }))
  expect(await (await cosFetch(2)(url)).text()).toBe('the bytes of a module')
  expect(entries()).toMatchObject([{ event: 'hit' }])
})

describe('whether a hit is checked', () => {
  /** A storage whose hits are wrong: they come through only if nobody checks. */
  function wrong(): FakeStorage {
    const storage = new FakeStorage()
    storage.stored.set(hash.value, new Blob(['THE BYTES OF A MODULE']))
    return storage
  }

  test.each(['function NAME() { [native code] }', 'function NAME() {\n    [native code]\n}'])(
    "auto trusts the browser's own: %j",
    async (text) => {
      const storage = wrong()
      const { network } = openPage()
      makeNative(storage, (name) => text.replace('NAME', name))
      expect(await (await cosFetch()(url)).text()).toBe('THE BYTES OF A MODULE')
      expect(network).not.toHaveBeenCalled()
    },
  )

  test('auto checks what a proxy returns that a page puts in its place', async () => {
    const storage = wrong()
    const { network } = openPage()
    makeNative(storage)
    Object.defineProperty(navigator, 'crossOriginStorage', { value: new Proxy(storage, {}) })
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
    expect(network).toHaveBeenCalledOnce()
  })

  test("true checks what the browser's own storage returns, too", async () => {
    const { network } = openPage()
    makeNative(wrong())
    await cosFetch(0)(url)
    expect(network).toHaveBeenCalledOnce()
  })

  test('false trusts all', async () => {
    const { network } = openPage(wrong())
    await cosFetch(2)(url)
    expect(network).not.toHaveBeenCalled()
  })

  const implementations: [string, (storage: FakeStorage) => object][] = [
    ['a class', (storage) => storage],
    ['a wrapper', (storage) => ({ getFileHandle: (hash: never) => storage.getFileHandle(hash) })],
    ['a bound function', (storage) => ({ getFileHandle: storage.getFileHandle.bind(storage) })],
    [
      'a bound function of that name',
      (storage) => {
        const bound = storage.getFileHandle.bind(storage)
        return { getFileHandle: Object.defineProperty(bound, 'name', { value: 'getFileHandle' }) }
      },
    ],
    ['a proxy', (storage) => ({ getFileHandle: new Proxy(storage.getFileHandle.bind(storage), {}) })],
    [
      'a function with a toString of its own',
      (storage) => ({
        getFileHandle: Object.assign((hash: never) => storage.getFileHandle(hash), {
          toString: () => 'function getFileHandle() { [native code] }',
        }),
      }),
    ],
    [
      'a function that writes it into a comment',
      (storage) => ({
        getFileHandle: function getFileHandle(hash: never) {
          /* { [native code] } */
          return storage.getFileHandle(hash)
        },
      }),
    ],
    [
      'the plural alone',
      (storage) => ({
        requestFileHandles: async ([hash]: [never]) => [await storage.getFileHandle(hash)],
      }),
    ],
  ]
  test.each(implementations)('auto checks what %s returns', async (_, implement) => {
    const storage = wrong()
    const { network } = openPage(implement(storage))
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
    expect(network).toHaveBeenCalledOnce()
  })
})

test('a polyfill that is the global object of its own name is used, and checked', async () => {
  const storage = filled()
  const polyfill = { getFileHandle: (hash: never) => storage.getFileHandle(hash) }
  const { network } = openPage(polyfill)
  vi.stubGlobal('CrossOriginStorageManager', polyfill)
  expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
  expect(network).not.toHaveBeenCalled()
})

describe('a lookup that does not answer', () => {
  test('is given up after lookupTimeout, and what comes late is dropped', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const getFile = vi.fn()
    let answer: (handle: object) => void = () => {}
    const { network } = openPage({ getFileHandle: () => new Promise((resolve) => (answer = resolve)) })
    const response = cosFetch()(url)
    await vi.advanceTimersByTimeAsync(99)
    expect(network).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(network).toHaveBeenCalledOnce()
    answer({ getFile })
    expect(await (await response).text()).toBe('the bytes of a module')
    expect(getFile).not.toHaveBeenCalled()
    expect(entries()).toMatchObject([{ event: 'error', reason: 'TimeoutError' }])
  })

  test('nor does a file that cannot be read hold the page up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const arrayBuffer = vi.fn(() => new Promise(() => {}))
    const handle = { getFile: async () => ({ size: bytes.byteLength, arrayBuffer }) }
    const { network } = openPage({ getFileHandle: async () => handle })
    void cosFetch()(url)
    await vi.advanceTimersByTimeAsync(101)
    expect(network).toHaveBeenCalledOnce()
  })

  test('a store that hangs lets the next one go', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const storage = new FakeStorage()
    openPage(storage)
    const { getFileHandle } = storage
    const isAskedToStore = new Promise<void>((resolve) => {
      storage.getFileHandle = async function (hash, options) {
        if (options === undefined) return getFileHandle.call(this, hash)
        resolve()
        return new Promise(() => {})
      }
    })
    await cosFetch()(url)
    await isAskedToStore
    // Nobody waits for a store: a busy machine may take its time.
    await vi.advanceTimersByTimeAsync(10_000)
    expect(entries()).toMatchObject([{ event: 'miss' }])
    await vi.advanceTimersByTimeAsync(200)
    expect(entries()).toMatchObject([{ event: 'miss' }, { event: 'error', reason: 'TimeoutError' }])
    vi.useRealTimers()
    storage.getFileHandle = getFileHandle
    await cosFetch()(url)
    await settled('store')
    expect(storage.written).toHaveLength(1)
  })
})

describe('a signal', () => {
  const rejecting = (network: ReturnType<typeof openPage>['network']): void => {
    network.mockImplementation(async (_, init) => {
      init?.signal?.throwIfAborted()
      return new Response(bytes)
    })
  }

  test('that is aborted already: fetch answers', async () => {
    const storage = filled()
    const { network } = openPage(storage)
    rejecting(network)
    await expect(cosFetch()(url, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/)
    expect(storage.lookups).toBe(0)
  })

  test('aborts at once while the storage is asked, with its own reason', async () => {
    const { network } = openPage({ getFileHandle: () => new Promise(() => {}) })
    rejecting(network)
    const controller = new AbortController()
    const response = cosFetch()(url, { signal: controller.signal })
    const reason = new Error('not needed any more')
    controller.abort(reason)
    await expect(response).rejects.toBe(reason)
  })

  test('of one request leaves the others alone', async () => {
    const storage = filled()
    openPage(storage)
    const controller = new AbortController()
    const fetch = cosFetch()
    const [aborted, other] = [fetch(url, { signal: controller.signal }), fetch(url)]
    controller.abort()
    await aborted
    expect(await (await other).text()).toBe('the bytes of a module')
  })
})

describe('whatever is thrown', () => {
  const values: [string, unknown, string][] = [
    ['undefined', undefined, 'undefined'],
    ['null', null, 'object'],
    ['a string', 'out of order', 'out of order'],
    ['an error', new RangeError('no'), 'RangeError'],
    ['a DOMException', new DOMException('no', 'NotAllowedError'), 'NotAllowedError'],
  ]
  test.each(values)('%s: the page loads and the entry says why', async (_, value, reason) => {
    openPage({ getFileHandle: () => Promise.reject(value) })
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
    expect(entries()).toMatchObject([{ event: 'error', reason, ...common }])
  })

  test.each([
    ['an object without a prototype', Object.create(null)],
    ['a symbol', Symbol('no')],
    ['a function', () => {}],
    ['an error whose name is an object', { name: Object.create(null) }],
  ])('%s: the page loads', async (_, value) => {
    openPage({ getFileHandle: () => Promise.reject(value) })
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
  })

  test('a navigator that throws', async () => {
    openPage()
    vi.stubGlobal('RETHROWS', false)
    const getter = (): never => {
      throw new DOMException('no', 'SecurityError')
    }
    vi.stubGlobal('navigator', Object.defineProperty({}, 'crossOriginStorage', { get: getter }))
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
    expect(entries()).toEqual([])
  })

  test('a timeline that throws', async () => {
    openPage(filled())
    vi.spyOn(performance, 'measure').mockImplementation(() => {
      throw new TypeError('no')
    })
    expect(await (await cosFetch()(url)).text()).toBe('the bytes of a module')
  })
})

describe('a request that costs much to parse is not parsed', () => {
  const parsed = (): number => vi.mocked(Request).mock.calls.length + vi.mocked(URL).mock.calls.length
  const countParsing = (): void => {
    vi.stubGlobal('Request', vi.fn(Request))
    vi.stubGlobal('URL', vi.fn(URL))
  }
  const data = `data:application/wasm;base64,${'A'.repeat(1e5)}`

  test.each<[string, string | URL]>([
    ['a data: URL', data],
    ['a data: URL as an object', new URL(data)],
  ])('%s', async (_, input) => {
    const { network } = openPage(filled())
    countParsing()
    await cosFetch()(input)
    expect(parsed()).toBe(0)
    expect(network.mock.calls).toEqual([[input]])
  })

  test('any, without the API', async () => {
    const { network } = openPage()
    vi.stubGlobal('navigator', {})
    countParsing()
    await cosFetch()(url)
    expect(parsed()).toBe(0)
    expect(network.mock.calls).toEqual([[url]])
  })

  test('but ours is, also with a long query', async () => {
    const { network } = openPage(filled())
    await cosFetch()(`${url}?signature=${'A'.repeat(8000)}`)
    expect(network).not.toHaveBeenCalled()
  })

  test('of several files, only that of the same name is looked for', async () => {
    openPage(filled())
    const decode = vi.fn(decodeURIComponent)
    vi.stubGlobal('decodeURIComponent', decode)
    const others = ['b.wasm', 'c.wasm'].map((name): StubFile => [name, 3, hash])
    await cosFetch(1, places, [...others, file])(url)
    // That of the request and that of the script.
    expect(decode).toHaveBeenCalledTimes(2)
  })
})

test('without the API, fetch gets the call and nothing else happens', async () => {
  const { network } = openPage()
  const response = new Response(bytes, { headers: { 'Content-Type': 'text/html' } })
  network.mockResolvedValue(response)
  expect(await cosFetch()(url)).toBe(response)
  expect(entries()).toEqual([])
})
