import { asIntegrity } from './integrity.ts'
import { fileAt, type Places } from './places.ts'
import { recorderOf } from './record.ts'
import { awaits, canBeReadAgain, isForWhole, isGet, urlOf } from './request.ts'
import type { StubFile } from './table.ts'

declare const RETHROWS: boolean

type Fetch = typeof fetch

/**
 * Sends a request as `fetch` does, in every browser, and enforces the hashes of files: a request for a whole file carries its
 * hash, and is made once more past a stale HTTP cache. Every other request is sent as it came.
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
  // What throws in here is the page's: a request that cannot be parsed, anything in Node.
  try {
    if (isGet(args[0], options)) {
      const request = new Request(...args)
      // They have just been read, and cannot be a second time.
      if (!canBeReadAgain(options.headers)) args = [request]
      const row = fileAt(request.url, files, places)
      if (row && awaits(request, row[2]) && isForWhole(request)) return sendForFile(row, request, args, send)
    }
  } catch (error) {
    if (RETHROWS) throw error
  }
  return send(...args)
}

/** Sends a request with the hash of its file: what is not the file fails, after a second try past a stale HTTP cache. */
const sendForFile = (
  row: StubFile,
  request: Request,
  [input, init]: Parameters<Fetch>,
  send: Fetch,
): Promise<Response> => {
  const { cache, referrer, referrerPolicy, signal } = request
  const start = performance.now()
  const record = recorderOf(row, urlOf(request))
  // A request that is made of another one with changes has the page as its referrer, unless it is said.
  const enforced = { referrer, referrerPolicy, integrity: asIntegrity(row[2]) }
  const attempt: Fetch = async (...args) => send(...args)
  // Who has replaced `fetch` may expect what the page gives. Of options that are a Request nothing can be copied.
  const first =
    init instanceof Request
      ? attempt(new Request(request, enforced))
      : attempt(input, Object.assign({}, init, enforced))
  return first.catch((error) => {
    // Of these no stale copy can have come.
    if (signal.aborted || /reload|no-store|only-if/.test(cache)) throw error
    return attempt(new Request(request, Object.assign({ cache: 'reload' as const }, enforced))).then(
      (response) => {
        record('error', start, 'StaleCache')
        return response
      },
      (error) => {
        record('error', start, 'FetchFailed')
        throw error
      },
    )
  })
}
