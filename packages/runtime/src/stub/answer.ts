import type { CrossOriginStorageManager } from '../api.ts'
import type { CosEvent } from '../timing.ts'
import { ask, isNative } from './implementation.ts'
import { check } from './integrity.ts'
import { mark, markerAt, unmark, versionOf } from './marker.ts'
import { recorderOf } from './record.ts'
import { urlOf } from './request.ts'
import { compilable, isDirect, streamOf, wasmResponse } from './response.ts'
import type { StubFile, Trust } from './table.ts'
import { within } from './time-limit.ts'

declare const RETHROWS: boolean

/** Lookups and stores that are under way, by hash: requests at the same time share them. */
const lookups: Record<string, Promise<FileSystemFileHandle>> = {}
export const stores: Record<string, Promise<void>> = {}

/**
 * Answers a request for a file of the table: from the HTTP cache where this origin has downloaded the file itself, from
 * Cross-Origin Storage, or from the network, with a copy stored afterwards.
 *
 * @param row The file.
 * @param request The request.
 * @param send What sends other requests.
 * @param fromNetwork Sends the request.
 * @param manager The API.
 * @param trust Which hits need no check of their bytes.
 * @param lookupTimeout Milliseconds after which the network starts without an answer from the storage.
 */
export const answer = (
  row: StubFile,
  request: Request,
  send: typeof fetch,
  fromNetwork: () => Promise<Response>,
  manager: CrossOriginStorageManager,
  trust: Trust,
  lookupTimeout: number,
): Promise<Response> => {
  const [, size, hash, origins] = row
  const hex = hash.value
  const url = urlOf(request)
  const record = recorderOf(row, url)
  const start = performance.now()

  /** Waits for a lookup. */
  const soon = <T>(promise: T | Promise<T>): Promise<T> => within(lookupTimeout, promise)

  /** Waits for a step that takes longer with the size of the file: 10 MB/s at the least. */
  const inTime = <T>(promise: T | Promise<T>): Promise<T> => within(lookupTimeout + size / 1e4, promise)

  /** Waits for a step of a store: nobody waits for that, and a busy machine may take its time. */
  const atLeisure = <T>(promise: T | Promise<T>): Promise<T> =>
    within(lookupTimeout + size / 1e4 + 1e4, promise)

  /** Answers from the HTTP cache or the storage, without the network. */
  const find = async (): Promise<[CosEvent, Response]> => {
    const handle = (lookups[hex] = lookups[hex] || soon(ask(manager, hash)))
    const marker = soon(ownMarker()).catch(ignore)
    // Where the storage lacks the file, the network is asked at once: the HTTP cache is asked with it.
    const known = await Promise.race([marker, handle.then(() => marker)])
    if (known) {
      const cached = await loadFromHttpCache(known).catch(ignore)
      if (cached) return ['cached', compilable(cached)]
      if (!request.signal.aborted) unmark(url).catch(ignore)
    }
    return ['hit', wasmResponse(await read(await handle), { url, headers: { 'Content-Length': size + '' } })]
  }

  /** The marker, where the HTTP cache has the file. A service worker is not asked: it may go to the network. */
  const ownMarker = async (): Promise<string | false | undefined> => {
    const isAsked =
      request.cache == 'default' &&
      // Of other origins there are no markers.
      url.startsWith(location.origin) &&
      !Object(navigator.serviceWorker).controller
    const marker = isAsked && (await markerAt(url))
    return marker && marker.startsWith(hex) && marker
  }

  /** Loads a file from the HTTP cache, if that has it and no other version of it. */
  const loadFromHttpCache = async (marker: string): Promise<Response | false> => {
    const onlyCached = { cache: 'only-if-cached', mode: 'same-origin' } as const
    const cached = await inTime(send(new Request(request, onlyCached)))
    return cached.ok && isDirect(cached, url) && hex + versionOf(cached) == marker && cached
  }

  /** The content of a stored file that is what it should be. */
  const read = async (handle: FileSystemFileHandle): Promise<BodyInit> => {
    const stored = await inTime(handle.getFile())
    // Before anything is read: a planted file can be too large for memory.
    if (stored.size != size) throw 'SizeMismatch'
    const isTrusted = trust == 2 || (trust == 1 && isNative(manager))
    // Of anything else than a Blob a response would have the text.
    if (isTrusted && stored instanceof Blob) return stored
    // They are not read again: that fails if anybody wrote the file meanwhile, be it the same bytes. See
    // https://w3c.github.io/FileAPI/#snapshot-state
    return streamOf(await check(await inTime(stored.arrayBuffer()), hash))
  }

  /** Makes the network's response fit for streaming compilation, and stores a copy where the storage lacks it. */
  const keep = (response: Response, reason: unknown): Response => {
    try {
      if (response.ok) {
        // What must not be kept, the HTTP cache will not have.
        const version =
          isDirect(response, url) &&
          !/no-store/i.test(response.headers.get('Cache-Control') || '') &&
          versionOf(response)
        // Of the network's own response, of which one part can be cancelled without the other.
        if (isMended(reason) && !stores[hex]) stores[hex] = store(response.clone(), version)
        return compilable(response)
      }
    } catch (error) {
      // A page may answer with anything.
      if (RETHROWS) throw error
    }
    return response
  }

  /**
   * Stores a copy in the background. The browser's own storage checks what it is given, keeps the copy outside the page,
   * and takes several at a time; others get a checked copy, one after the other for the whole origin.
   */
  const store = async (copy: Response, version: string | false | null): Promise<void> => {
    const since = performance.now()
    try {
      const blob = await copy.blob()
      if (blob.size != size) throw 'SizeMismatch'
      if (isNative(manager)) await write(blob)
      else {
        await check(await blob.arrayBuffer(), hash)
        await navigator.locks.request('wasm-cos', () => write(blob))
      }
      record('store', since)
      if (version) mark(url, hex + version).catch(ignore)
    } catch (error) {
      record('error', since, nameOf(error))
    }
    delete stores[hex]
  }

  /** Writes a copy; what fails or comes too late is aborted, so that nothing of it stays. */
  const write = async (blob: Blob): Promise<void> => {
    const handle = await atLeisure(ask(manager, hash, { create: true, origins: origins! }))
    const opening = handle.createWritable()
    try {
      const writable = await atLeisure(opening)
      await atLeisure(writable.write(blob))
      await atLeisure(writable.close())
    } catch (error) {
      opening.then((writable) => writable.abort()).catch(ignore)
      throw error
    }
  }

  /** Answers from the network, and says why it has to. */
  const goOn = async (error: unknown): Promise<Response> => {
    const reason = nameOf(error)
    // An abort is nothing to report, and the network's promise says why it failed.
    if (!request.signal.aborted) {
      if (reason === 'NotFoundError') record('miss', start)
      else record('error', start, reason)
    }
    return keep(await fromNetwork(), reason)
  }

  const aborted = new Promise<never>((_, reject) => {
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- The request's own signal, which nobody else has.
    request.signal.onabort = reject
  })
  // Until the real `fetch` is called there is `then` and no `await`: zone.js calls the one's callbacks in the zone of the
  // page's request, and cannot see what comes after the other.
  return Promise.race([find(), aborted])
    .finally(() => {
      // The page's signal may live on; it must not hold on to the bytes.
      // oxlint-disable-next-line unicorn/prefer-add-event-listener
      request.signal.onabort = null
      delete lookups[hex]
    })
    .then(([event, response]) => {
      record(event, start)
      return response
    }, goOn)
}

/** Whether a store mends the reason why the storage has not answered. */
const isMended = (reason: unknown): boolean =>
  ['NotFoundError', 'SizeMismatch', 'HashMismatch'].includes(reason as string)

const ignore = (): void => {}

/** What a rejection is called in the entries. Anything can be thrown; the stub itself throws strings. */
const nameOf = (error: unknown): unknown => (error && (error as Error).name) || error || typeof error
