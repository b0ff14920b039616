import type {
  CrossOriginStorageManager,
  CrossOriginStorageManagerDraft,
  RequestFileHandleOptions,
  WasmHash,
} from './api.ts'
import type { CosDetail, CosEvent } from './timing.ts'

// Every page pays for this file: it is written to be small once minified and compressed, and README.md says what each
// part costs. It is for strict code, where a function that is not called on anything has no `this`.

/** A file the stub answers for: path within the output, size in bytes, hash, and who may read what is stored. */
export type StubFile = readonly [
  file: string,
  size: number,
  hash: WasmHash,
  origins?: '*' | readonly string[],
]

/** Which hits need no check of their bytes: 0, none; 1, those of an API that is the browser's own; 2, all. */
export type Trust = 0 | 1 | 2

/** `true` in the variant of the stub that enforces the hash on the network path too; set by the build. */
declare const INTEGRITY: boolean

type Storage = Partial<CrossOriginStorageManager> & CrossOriginStorageManagerDraft
type Found = Blob | ArrayBuffer | undefined
type Fetch = typeof fetch

/** A file and what is under way for it: those who ask at the same time share one lookup and one store. */
export type Entry = StubFile & {
  pendingLookup?: Promise<Found> | 0
  pendingStore?: Promise<void> | 0
}

/**
 * Makes the `fetch` of an instrumented chunk: requests for `files` are answered from Cross-Origin Storage where it
 * has them, and from the network, with a copy stored afterwards, where it has not. Every other request, and every
 * request in a browser without Cross-Origin Storage, goes to the real `fetch` as it came.
 *
 * @param files What this chunk answers for: `v2/a.wasm` before `a.wasm`, the first whose name a path ends with counts.
 * @param sources URLs whose origins serve these files, besides the page's.
 * @param trust Which hits need no check of their bytes.
 * @param lookupTimeout Milliseconds after which the network starts without an answer from the storage.
 * @param storage The API as the latest request found it. Nobody passes it; a parameter is the shortest variable.
 * @returns A function like `fetch`; if it is called on a function, that one takes the place of the global `fetch`.
 */
export const createCosFetch = (
  files: readonly StubFile[],
  sources: readonly string[],
  trust: Trust,
  lookupTimeout: number,
  storage?: Storage,
): ((this: Fetch | void, ...args: Parameters<Fetch>) => Promise<Response>) =>
  function (input, init = {}) {
    /** Calls the real `fetch`, as it is on the global object now. */
    const load = (extra?: RequestInit) =>
      (this || fetch)(
        ...((INTEGRITY && extra ? [new Request(input, extra)] : arguments) as Parameters<Fetch>),
      )

    // What throws in here is not ours: a request that cannot be parsed or has no entry, anything in Node.
    try {
      if (
        (INTEGRITY || (storage = navigator.crossOriginStorage as Storage)) &&
        // Whatever the chunk requests comes here, also `data:` URLs of many megabytes, which are dear to parse.
        !(input + '')[1e4] &&
        // To make a `Request` takes nothing from a GET, unless its headers can be read once; from others the body.
        /^,(get)?$/i.test([INTEGRITY ? '' : init.headers, init.method || (input as Request).method] as never)
      ) {
        // With integrity, requests with headers get here too. Some can be read once, and only if the file is ours.
        let request = INTEGRITY ? new Request((input as Request).url || input) : new Request(input, init)
        let { url, signal } = request
        const parsed = new URL(url)
        const path = decodeURIComponent(parsed.pathname)
        const entry: Entry = files.find(([file]) => path.endsWith('/' + file))!
        const [file, size, hash, origins] = entry
        if (INTEGRITY) ({ signal } = request = input = new Request(input, init))
        /** Not aborted, no headers, no integrity, and a cache mode other than `reload` and `no-store`. */
        const isPlain = /^false,,.*[cu]/.test([
          signal.aborted,
          ...request.headers,
          request.integrity,
          request.cache,
        ] as never)

        if (
          (INTEGRITY ? !signal.aborted && !request.integrity && !request.headers.has('Range') : isPlain) &&
          [location, ...sources].some(
            (source) => new URL(source as string, location as never).origin == parsed.origin,
          )
        ) {
          let start = performance.now()

          /** Ends a lookup, and writes an entry that User Timing keeps for `observe()`, DevTools and RUM tools. */
          const record = (event: CosEvent, reason?: unknown) => {
            // The page's signal may live on; it must not hold on to the bytes.
            // oxlint-disable-next-line unicorn/prefer-add-event-listener -- The request's own signal, which nobody else has.
            entry.pendingLookup = signal.onabort = 0 as never
            try {
              performance.measure('wasm-cos:' + event, {
                start,
                detail: { file, size, hash: hash.value, url, reason } as CosDetail,
              })
            } catch {}
          }

          /** What a rejection is called in the entries. Anything can be thrown; the stub itself throws strings. */
          const nameOf = (error: unknown) => (error && (error as Error).name) || error || typeof error

          /** Settles as `promise` does, or rejects when it is late; `extra` bytes come at 10 MB/s at the least. */
          const within = <T>(promise: T | Promise<T>, extra = size): Promise<T> =>
            Promise.race([
              promise,
              new Promise<never>((_, reject) =>
                setTimeout(reject, lookupTimeout + extra / 1e4, 'TimeoutError'),
              ),
            ])

          /** Asks either form of the API for a handle. */
          const ask = (options?: RequestFileHandleOptions) =>
            storage!.requestFileHandle
              ? storage!.requestFileHandle(hash, options)
              : storage!.requestFileHandles([hash], options).then((handles) => handles[0]!)

          /**
           * The bytes of a file that has the hash; anything the platform may answer instead of a digest differs from
           * it. The file is not read again: that fails if anybody wrote it meanwhile, be it the same bytes.
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

          /** What is stored; rejects with the reason why it is not to be had. */
          const lookup = async () => {
            // Each step is taken only in time.
            const stored = await within((await within(ask(), 0)).getFile())
            // Before anything is read: a planted file can be too large for memory.
            if (stored.size != size) throw 'SizeMismatch'
            // A browser's own method shows its name as its other functions show theirs; a wrapper shows its source, a
            // bound function or a proxy no name: https://tc39.es/ecma262/#sec-function.prototype.tostring. A page that
            // has a `URL` of its own gets its hits checked.
            return trust +
              ((check.toString.call(storage!.requestFileHandle || check) ==
                (URL + '').replace('URL', 'requestFileHandle')) as never as number) >
              1 &&
              // Of anything else than a Blob a response would have the text.
              /File|Blob/.test(stored as never)
              ? stored
              : check(stored)
          }

          /** Stores a copy of a response in the background, one file at a time for the whole origin. */
          const store = async (response: Response) => {
            start = performance.now()
            try {
              const blob = await response.blob()
              await check(blob)
              await navigator.locks.request('wasm-cos', async () => {
                const writable = await within(
                  (await within(ask({ create: true, origins: origins! }))).createWritable(),
                )
                await within(writable.write(blob))
                await within(writable.close())
              })
              record('store')
            } catch (error) {
              record('error', nameOf(error))
            }
            entry.pendingStore = 0
          }

          /** Checked bytes are handed on as a stream: of a buffer, a response makes copies, which are slow if it is large. */
          const bodyOf = (found: Blob | ArrayBuffer) =>
            (found as Blob).size
              ? (found as Blob)
              : new ReadableStream({
                  start(controller) {
                    controller.enqueue(new Uint8Array(found as ArrayBuffer))
                    controller.close()
                  },
                })

          /** A response of the type that streaming compilation asks for, at the URL where `init` is. */
          const typed = (body: BodyInit | null, init: { url: string; headers: HeadersInit }) => {
            const response = new Response(body, init)
            response.headers.set('Content-Type', 'application/wasm')
            // As `Object.defineProperty`, in fewer bytes.
            // oxlint-disable-next-line no-underscore-dangle
            ;(response as never as { __defineGetter__: Function }).__defineGetter__('url', () => init.url)
            return response
          }

          /** Loads from the network; with integrity, what is not the file fails, after a second try past the cache. */
          const loadIntact = async () => {
            const integrity =
              'sha256-' +
              btoa(hash.value.replace(/../g, (digits) => String.fromCharCode(('0x' + digits) as never)))
            try {
              return await load({ integrity })
            } catch (error) {
              if (signal.aborted) throw error
              try {
                const response = await load({ integrity, cache: 'reload' })
                record('error', 'StaleCache')
                return response
              } catch (error) {
                record('error', 'FetchFailed')
                throw error
              }
            }
          }

          return Promise.race([
            INTEGRITY
              ? (async () =>
                  isPlain &&
                  (storage = navigator.crossOriginStorage as Storage) &&
                  (entry.pendingLookup = entry.pendingLookup || lookup()))()
              : (entry.pendingLookup = entry.pendingLookup || lookup()),
            // An event is no reason that could be recorded: an abort leaves no entry, and `load` says why it failed.
            // oxlint-disable-next-line unicorn/prefer-add-event-listener
            new Promise<never>((_, reject) => (signal.onabort = reject)),
          ]).then(
            (found) => {
              if (INTEGRITY && !found) return loadIntact()
              record('hit')
              return typed(bodyOf(found as Blob | ArrayBuffer), {
                url,
                headers: { 'Content-Length': size as never },
              })
            },
            async (reason) => {
              reason = nameOf(reason)
              if (reason === 'NotFoundError') record('miss')
              else record('error', reason)
              let response = await (INTEGRITY ? loadIntact : load)()
              try {
                if (response.ok) {
                  if (response.headers.get('Content-Type') != 'application/wasm')
                    response = typed(response.body, response)
                  if (/NotF|Mis/.test(reason))
                    entry.pendingStore = entry.pendingStore || store(response.clone())
                }
              } catch {}
              return response
            },
          )
        }
      }
    } catch {}
    return load()
  }
