import type { CosDetail, CosEvent } from '../timing.ts'
import type { StubFile } from './table.ts'

/**
 * Makes the function that writes the entries of a request: User Timing keeps them for `observe()`, DevTools and RUM tools. It
 * takes what happened, when that began in the milliseconds of `performance.now()`, and for an error why.
 *
 * @param row The file that is requested.
 * @param url The URL of the request, as a response has it.
 */
export const recorderOf =
  (row: StubFile, url: string): ((event: CosEvent, start: number, reason?: unknown) => void) =>
  (event, start, reason) => {
    const [file, size, hash] = row
    try {
      performance.measure('wasm-cos:' + event, {
        start,
        detail: { file, size, hash: hash.value, url, reason } as CosDetail,
      })
    } catch {}
  }
