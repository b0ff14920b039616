import type {
  CrossOriginStorageManager,
  CrossOriginStorageManagerDraft,
  RequestFileHandleOptions,
  WasmHash,
} from './api.ts'
import type { CosDetail, CosEvent } from './timing.ts'

/** A file the stub answers for: path within the output, size in bytes, hash, and who may read what is stored. */
export type StubFile = readonly [
  file: string,
  size: number,
  hash: WasmHash,
  origins?: '*' | readonly string[],
]

/** `true` in the variant of the stub that enforces the hash on the network path too; set by the build. */
declare const INTEGRITY: boolean

type Storage = CrossOriginStorageManager & CrossOriginStorageManagerDraft
type Fetch = typeof fetch

/** An error that the stub itself finds; its name becomes the `reason` of the entry. */
const failure = (name: string) => ({ name })

/** What a rejection is called in the entries; anything can be thrown. */
const nameOf = (error: unknown) => String((error && (error as Error).name) || error)

const digest = async (hash: WasmHash, bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(await crypto.subtle.digest(hash.algorithm, bytes)), (byte) =>
    (byte + 256).toString(16).slice(1),
  ).join('')

/** Settles as `promise` does, or rejects with a `TimeoutError`. */
const within = <T>(milliseconds: number, promise: Promise<T>) =>
  new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(failure('TimeoutError')), milliseconds)
    void promise.then(resolve, reject).then(() => clearTimeout(timer))
  })

/** Asks either form of the API for a handle. */
const requestHandle = async (storage: Storage, hash: WasmHash, options?: RequestFileHandleOptions) =>
  storage.requestFileHandle
    ? storage.requestFileHandle(hash, options)
    : (await storage.requestFileHandles([hash], options))[0]!

/**
 * Whether the API is the browser's own: a wrapper shows its source, a bound function or a proxy no name.
 *
 * @see https://tc39.es/ecma262/#sec-function.prototype.tostring
 */
const isNative = ({ requestFileHandle }: Storage) =>
  requestFileHandle &&
  /^function requestFileHandle\(\)\s*{\s*\[native code]\s*}$/.test(
    Function.prototype.toString.call(requestFileHandle),
  )

/**
 * Makes the `fetch` of an instrumented chunk: requests for `files` are answered from Cross-Origin Storage where it
 * has them, and from the network, with a copy stored afterwards, where it has not. Every other request, and every
 * request in a browser without Cross-Origin Storage, goes to the real `fetch` as it came.
 *
 * @param files What this chunk answers for.
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
  /** Lookups and stores under way, by file: those who ask at the same time share them. */
  const lookups: Record<string, Promise<BodyInit> | 0> = {}
  const stores: Record<string, 1 | 0> = {}

  /** Writes an entry that User Timing keeps for `observe()`, DevTools and RUM tools. */
  const record = (
    event: CosEvent,
    start: number,
    [file, size, hash]: StubFile,
    url: string,
    reason?: string,
  ) => {
    const detail: CosDetail = { file, url, hash: hash.value, size }
    if (reason) detail.reason = reason
    try {
      performance.measure('wasm-cos:' + event, { start, detail })
    } catch {}
  }

  /** The file that a request is for, if it is a plain GET for one of ours. */
  const match = ({ origin, pathname }: URL) =>
    [location.href, ...sources].some((source) => new URL(source, location.href).origin == origin) &&
    files.find(([file]) => decodeURIComponent(pathname).endsWith('/' + file))

  /** The stored bytes; rejects with the reason why they are not to be had. */
  const lookup = async (storage: Storage, [file, size, hash]: StubFile): Promise<BodyInit> => {
    try {
      const stored = await within(
        lookupTimeout,
        requestHandle(storage, hash).then((handle) => handle.getFile()),
      )
      if (stored.size != size) throw failure('SizeMismatch')
      if (verify == 'auto' ? isNative(storage) : !verify) return stored
      // Reading slower than 10 MB/s is worse than the network.
      const bytes = await within(lookupTimeout + size / 1e4, stored.arrayBuffer())
      if ((await digest(hash, bytes)) != hash.value) throw failure('HashMismatch')
      return bytes
    } finally {
      lookups[file] = 0
    }
  }

  /** Stores a copy of a response in the background, one file at a time for the whole origin. */
  const store = async (storage: Storage, entry: StubFile, url: string, response: Response) => {
    const [file, size, hash, origins] = entry
    const start = performance.now()
    stores[file] = 1
    try {
      const bytes = await response.arrayBuffer()
      if ((await digest(hash, bytes)) != hash.value) throw failure('HashMismatch')
      await navigator.locks.request('wasm-cos', () =>
        within(
          10 * lookupTimeout + size / 1e3,
          requestHandle(storage, hash, origins ? { create: true, origins } : { create: true })
            .then((handle) => handle.createWritable())
            .then(async (writable) => {
              await writable.write(new Blob([bytes], { type: 'application/wasm' }))
              await writable.close()
            }),
        ),
      )
      record('store', start, entry, url)
    } catch (error) {
      record('error', start, entry, url, nameOf(error))
    }
    stores[file] = 0
  }

  /** A response of the type that streaming compilation asks for. */
  const typed = (url: string, body: BodyInit | null, init?: Response) => {
    const response = new Response(body, init)
    response.headers.set('Content-Type', 'application/wasm')
    return Object.defineProperty(response, 'url', { value: url })
  }

  /** Answers a request for one of ours. */
  const answer = async (
    entry: StubFile,
    url: string,
    signal: AbortSignal | null | undefined,
    maySkipNetwork: boolean,
    load: (extra?: RequestInit) => Promise<Response>,
  ) => {
    const [file, , hash] = entry
    const start = performance.now()
    let storage: Storage | false | undefined
    let isMiss
    try {
      storage = maySkipNetwork && (navigator.crossOriginStorage as Storage | undefined)
      if (storage) {
        const found = await Promise.race([
          lookups[file] || (lookups[file] = lookup(storage, entry)),
          new Promise<never>((_, reject) => {
            if (signal) signal.addEventListener('abort', () => reject(failure('AbortError')))
          }),
        ])
        const response = typed(url, found)
        record('hit', start, entry, url)
        return response
      }
    } catch (error) {
      const reason = nameOf(error)
      const isAbsent = reason == 'NotFoundError'
      isMiss = isAbsent || reason.endsWith('Mismatch')
      record(isAbsent ? 'miss' : 'error', start, entry, url, isAbsent ? '' : reason)
    }
    let response
    if (INTEGRITY) {
      const integrity =
        'sha256-' + btoa(hash.value.replace(/../g, (byte) => String.fromCharCode(parseInt(byte, 16))))
      try {
        response = await load({ integrity })
      } catch (error) {
        if (signal && signal.aborted) throw error
        // A stale HTTP cache after a deployment is the usual cause.
        try {
          response = await load({ integrity, cache: 'reload' })
          record('error', start, entry, url, 'StaleCache')
        } catch (error) {
          record('error', start, entry, url, 'FetchFailed')
          throw error
        }
      }
    } else {
      response = await load()
    }
    if (storage && isMiss && response.status == 200 && !stores[file])
      void store(storage, entry, url, response.clone())
    return storage && response.ok && response.headers.get('Content-Type') != 'application/wasm'
      ? typed(url, response.body, response)
      : response
  }

  return function (...args) {
    const load = (typeof this == 'function' ? this : self.fetch) as Fetch
    try {
      const [input, init = {}] = args
      const option = <K extends keyof Request & keyof RequestInit>(name: K) =>
        init[name] === undefined ? (input as Request)[name] : init[name]
      const signal = option('signal')
      const maySkipNetwork =
        !/reload|no-store/.test(String(option('cache'))) &&
        !new Headers(option('headers') as HeadersInit).has('Range')
      if (
        /^(undefined|GET)$/i.test(String(option('method'))) &&
        !option('integrity') &&
        !(signal && signal.aborted)
      ) {
        const url = new URL(
          (input as Request).url || String(input),
          self.document ? document.baseURI : location.href,
        )
        const entry = match(url)
        if (entry)
          return answer(entry, url.href, signal, maySkipNetwork, (extra) =>
            load.apply(self, extra ? [input, Object.assign({}, init, extra)] : args),
          )
      }
    } catch {}
    return load.apply(self, args)
  }
}
