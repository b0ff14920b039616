import { asIntegrity } from './integrity.ts'
import { fileAt, type Places } from './places.ts'
import { recorderOf } from './record.ts'
import { awaits, canBeReadAgain, isForWhole, isGet, urlOf, withOptions } from './request.ts'
import type { StubFile } from './table.ts'

declare const RETHROWS: boolean

type Fetch = typeof fetch

/**
 * Sends a request as `fetch` does, in every browser, and enforces the hashes of files: a request for a whole file carries its
 * hash, and is made once more where it fails. Every other request is sent as it came.
 *
 * @param args The arguments of `fetch`. They are looked at here again: the stub gets here with requests of every kind.
 * @param send The real `fetch`.
 * @param files What is enforced.
 * @param places Where these files are.
 */
export const sendIntact = (
  args: Parameters<Fetch>,
  send: Fetch,
  files: readonly StubFile[],
  places: Places,
): Promise<Response> => {
  const options = args[1] || {}
  let sent = args
  // What throws in here is the page's: a request that cannot be parsed, anything in Node.
  try {
    if (isGet(args[0], options)) {
      const request = new Request(...args)
      // Headers of an iterator have just been read, and cannot be a second time.
      if (!canBeReadAgain(options.headers)) sent = [request]
      const row = fileAt(request.url, files, places)
      if (row && awaits(request, row[2]) && isForWhole(request)) return sendForFile(row, request, sent, send)
    }
  } catch (error) {
    if (RETHROWS) throw error
  }
  return send(...sent)
}

/**
 * Sends a request with the hash of its file. What fails may be a stale HTTP cache's, or no file at all: then the request is made past that
 * cache, the page gets what the server says, and a file from the cache as it is now, with the hash again.
 */
const sendForFile = (
  row: StubFile,
  request: Request,
  args: Parameters<Fetch>,
  send: Fetch,
): Promise<Response> => {
  const { referrer, referrerPolicy } = request
  const start = performance.now()
  const record = recorderOf(row, urlOf(request))
  const attempt: Fetch = async (...args) => send(...args)
  // A request that is made of another one with changes has the page as its referrer, unless it is said.
  const enforced = { referrer, referrerPolicy, integrity: asIntegrity(row[2]) }

  const sendAnew = async (): Promise<Response> => {
    const fresh = await attempt(new Request(request, { referrer, referrerPolicy, cache: 'reload' }))
    if (!fresh.ok) return fresh
    await fresh.arrayBuffer()
    const response = await attempt(
      new Request(request, Object.assign({ cache: 'force-cache' as const }, enforced)),
    )
    record('error', start, 'StaleCache')
    return response
  }

  return attempt(...withOptions(request, args, enforced)).catch((error) => {
    // Of these no stale copy can have come.
    if (request.signal.aborted || /reload|no-store|only-if/.test(request.cache)) throw error
    return sendAnew().catch((error) => {
      record('error', start, 'FetchFailed')
      throw error
    })
  })
}
