import type {
  CrossOriginStorageManager,
  CrossOriginStorageManagerDraft,
  RequestFileHandleOptions,
  WasmHash,
} from './api.ts'
import type { CosDetail, CosEvent } from './timing.ts'

// Every page pays for this file: it is written to be small once minified, and README.md says what each part costs.

/** A file the stub answers for: path within the output, size in bytes, hash, and who may read what is stored. */
export type StubFile = readonly [
  file: string,
  size: number,
  hash: WasmHash,
  origins?: '*' | readonly string[],
]

/** `true` in the variant of the stub that enforces the hash on the network path too; set by the build. */
declare const INTEGRITY: boolean

type Storage = Partial<CrossOriginStorageManager> & CrossOriginStorageManagerDraft
type Fetch = typeof fetch
type Load = (extra?: RequestInit) => Promise<Response>

/** A file and what is under way for it: those who ask at the same time share one lookup and one store. */
export type Entry = StubFile & {
  pendingLookup?: Promise<Blob | ArrayBuffer> | 0
  pendingStore?: Promise<void> | 0
}

/**
 * Makes the `fetch` of an instrumented chunk: requests for `files` are answered from Cross-Origin Storage where it
 * has them, and from the network, with a copy stored afterwards, where it has not. Every other request, and every
 * request in a browser without Cross-Origin Storage, goes to the real `fetch` as it came.
 *
 * @param files What this chunk answers for: `v2/a.wasm` before `a.wasm`, the first whose name a path ends with counts.
 * @param sources URLs whose origins serve these files, besides the page's.
 * @param verify Check the bytes of a hit before use; `'auto'`: unless the browser itself implements the API.
 * @param lookupTimeout Milliseconds after which the network starts without an answer from the storage.
 * @returns A function like `fetch`; if it is called on a function, that one takes the place of the global `fetch`.
 */
export function createCosFetch(
  files: readonly StubFile[],
  sources: readonly string[],
  verify: boolean | 'auto',
  lookupTimeout: number,
): (this: unknown, ...args: Parameters<Fetch>) => Promise<Response> {
  // A chunk may also run in Node, where it finds nothing of ours but a `fetch`.
  const scope = typeof self == 'undefined' ? globalThis : self

  /** Answers a request for one of ours. */
  const answer = async (
    entry: Entry,
    url: string,
    signal: AbortSignal | null | undefined,
    load: Load,
    maySkipNetwork: boolean,
  ) => {
    const [file, size, hash, origins] = entry
    let start = performance.now()
    let storage: Storage | undefined
    let found: Blob | ArrayBuffer | undefined
    let reason: unknown

    /** Writes an entry that User Timing keeps for `observe()`, DevTools and RUM tools. */
    const record = (event: CosEvent, reason?: unknown) => {
      try {
        performance.measure('wasm-cos:' + event, {
          start,
          detail: { file, size, hash: hash.value, url, reason } as CosDetail,
        })
      } catch {}
    }

    /** What a rejection is called in the entries. Anything can be thrown; the stub itself throws strings. */
    const nameOf = (error: unknown) => ((error || 0) as Error).name || error || typeof error

    /** Settles as `promise` does, or rejects when it is late; `extra` bytes come at 10 MB/s at the least. */
    const within = <T>(promise: T | Promise<T>, extra = size): Promise<T> =>
      Promise.race([
        promise,
        new Promise<never>((_, reject) => setTimeout(reject, lookupTimeout + extra / 1e4, 'TimeoutError')),
      ])

    /** Asks either form of the API for a handle. */
    const request = (options?: RequestFileHandleOptions) =>
      storage!.requestFileHandle
        ? storage!.requestFileHandle(hash, options)
        : storage!.requestFileHandles([hash], options).then((handles) => handles[0]!)

    /**
     * The bytes of a file that has the hash; anything the platform may answer instead of a digest differs from it. The
     * file is not read again: that fails if anybody wrote it meanwhile, be it the same bytes.
     *
     * @see https://w3c.github.io/FileAPI/#snapshot-state
     */
    const check = async (stored: Blob) => {
      const bytes = await within(stored.arrayBuffer())
      const digest = new Uint8Array(await crypto.subtle.digest(hash.algorithm, bytes))
      if (digest + '' != (hash.value.match(/../g)!.map((digits) => +('0x' + digits)) as unknown))
        throw 'HashMismatch'
      return bytes
    }

    /**
     * Whether hits need no check. A browser's own method shows its name and no source; a wrapper shows its source, a
     * bound function or a proxy no name.
     *
     * @see https://tc39.es/ecma262/#sec-function.prototype.tostring
     */
    const isTrusted = () =>
      !verify ||
      (verify != true &&
        /^function requestFileHandle\(\)[\s{]+\[native code][\s}]+$/.test(
          check.toString.call(storage!.requestFileHandle || check),
        ))

    /** What is stored; rejects with the reason why it is not to be had. Each step is taken only in time. */
    const lookup = async () => {
      const stored = await within((await within(request(), 0)).getFile())
      // Before anything is read: a planted file can be too large for memory.
      if (stored.size != size) throw 'SizeMismatch'
      // Of anything else than a Blob a response would have the text.
      return isTrusted() && stored instanceof Blob ? stored : check(stored)
    }

    /** Stores a copy of a response in the background, one file at a time for the whole origin. */
    const store = async (response: Response) => {
      start = performance.now()
      try {
        const blob = await response.blob()
        await check(blob)
        await navigator.locks.request('wasm-cos', async () => {
          const handle = await within(request({ create: true, origins: origins! }))
          const writable = await within(handle.createWritable())
          await within(writable.write(blob))
          await within(writable.close())
        })
        record('store')
      } catch (error) {
        record('error', nameOf(error))
      }
      entry.pendingStore = 0
    }

    /** A response of the type that streaming compilation asks for. */
    const typed = (body: BodyInit | null, init: { url: string; headers: HeadersInit }) => {
      const response = new Response(body, init)
      response.headers.set('Content-Type', 'application/wasm')
      return Object.defineProperty(response, 'url', { value: init.url })
    }

    try {
      if (!INTEGRITY || maySkipNetwork) storage = navigator.crossOriginStorage as Storage | undefined
      if (storage)
        await new Promise<void>((resolve, reject) => {
          ;(entry.pendingLookup = entry.pendingLookup || lookup())
            .then((stored) => {
              found = stored
            })
            .then(resolve, reject)
          // Holds on to nothing but this promise. An event is no reason that could be recorded: see below.
          if (signal) signal.addEventListener('abort', reject)
        })
    } catch (error) {
      reason = nameOf(error)
      if (reason === 'NotFoundError') record('miss')
      else record('error', reason)
    }
    entry.pendingLookup = 0
    if (found) {
      record('hit')
      return typed(found, { url, headers: { 'Content-Length': size as never } })
    }
    let response
    if (INTEGRITY) {
      const integrity =
        'sha256-' + btoa(hash.value.replace(/../g, (digits) => String.fromCharCode(('0x' + digits) as never)))
      try {
        response = await load({ integrity })
      } catch (error) {
        if (signal && signal.aborted) throw error
        try {
          response = await load({ integrity, cache: 'reload' })
          record('error', 'StaleCache')
        } catch (error) {
          record('error', 'FetchFailed')
          throw error
        }
      }
    } else response = await load()
    try {
      if (storage && response.ok) {
        if (response.headers.get('Content-Type') != 'application/wasm')
          response = typed(response.body, response)
        if (/NotF|Mis/.test(reason as string) && !entry.pendingStore)
          entry.pendingStore = store(response.clone())
      }
    } catch {}
    return response
  }

  return function (input, init = 0 as RequestInit) {
    const load: Load = (extra) =>
      ((typeof this == 'function' ? this : scope.fetch) as Fetch).apply(
        scope,
        INTEGRITY && extra
          ? // The options may be a `Request`, whose properties are not its own.
            [(init as Request).url ? new Request(input, init) : input, Object.assign({}, init, extra)]
          : (arguments as never),
      )
    try {
      // Whatever the chunk requests comes here, also `data:` URLs of many megabytes, which are dear to parse.
      if ((INTEGRITY || 'crossOriginStorage' in navigator) && !(input + '')[1e4]) {
        const url = new URL(new Request((input as Request).url || input).url)
        const path = decodeURIComponent(url.pathname)
        const entry = files.find(([file]) => path.endsWith('/' + file))
        const signal = init.signal || (input as Request).signal
        /** A GET for the whole file that may come from a cache: no `reload`, no `no-store`, no headers. */
        const isPlain = () =>
          !init.headers &&
          [input as Request, init].every((options) =>
            /^(GET)?,(?!r|no-s).*,,$/i.test([
              options.method,
              options.cache,
              options.integrity,
              [...((options.headers as Headers) || [])],
            ] as never),
          )
        const canHaveIntegrity = () =>
          [input as Request, init].every(({ method, integrity }) =>
            /^(GET)?,$/i.test([method, integrity] as never),
          ) && !new Headers(init.headers || (input as Request).headers).has('Range')
        if (
          entry &&
          [location, ...sources].some(
            (source) => new URL(source as string, location as never).origin == url.origin,
          ) &&
          !(signal || (0 as never as AbortSignal)).aborted &&
          (INTEGRITY ? canHaveIntegrity() : isPlain())
        )
          return answer(entry, url.href, signal, load, INTEGRITY && isPlain())
      }
    } catch {}
    return load()
  }
}
