import { bytesOf, integrityOf } from './integrity.ts'
import { fileAt, type Places } from './places.ts'
import { recorderOf } from './record.ts'
import { accepts, canBeReadAgain, isGet, urlOf } from './request.ts'
import type { StubFile } from './table.ts'

declare const RETHROWS: boolean

type Fetch = typeof fetch

/**
 * Loads from the network as `fetch` does, and enforces the hashes of files: a request for a whole file carries its hash, with
 * or without Cross-Origin Storage. Every other request goes on as it came.
 *
 * @param args The arguments of `fetch`.
 * @param load Sends a request.
 * @param files What is enforced.
 * @param places Where these files are.
 */
export const loadIntact = (
  args: Parameters<Fetch>,
  load: Fetch,
  files: readonly StubFile[],
  places: Places,
): Promise<Response> => {
  const options = args[1] || {}
  // What throws in here is the page's: a request that cannot be parsed, anything in Node.
  try {
    if (isGet(args[0], options)) {
      const request = new Request(...args)
      // Its headers cannot be read once more.
      if (!canBeReadAgain(options.headers)) args = [request]
      const row = fileAt(request.url, files, places)
      if (row) {
        const integrity = integrityOf(bytesOf(row[2].value))
        if (accepts(request, integrity) && !request.headers.has('Range'))
          return loadFile(row, integrity, request, load)
      }
    }
  } catch (error) {
    if (RETHROWS) throw error
  }
  return load(...args)
}

/** Loads a file with its hash: what is not the file fails, after a second try past a stale HTTP cache. */
const loadFile = (row: StubFile, integrity: string, request: Request, load: Fetch): Promise<Response> => {
  const start = performance.now()
  const record = recorderOf(row, urlOf(request))
  const attempt = async (init: RequestInit): Promise<Response> => load(new Request(request, init))
  return attempt({ integrity }).catch((error) => {
    // What the HTTP cache alone is asked for is not asked of the network.
    if (request.signal.aborted || request.cache == 'only-if-cached') throw error
    return attempt({ integrity, cache: 'reload' }).then(
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
