import type { CosDetail, CosEvent } from '../timing.ts'
import type { StubFile } from './table.ts'

/**
 * Makes what writes the entries for a request: User Timing keeps them for `observe()`, DevTools and RUM tools.
 *
 * @param row The file that is requested.
 * @returns Takes what happened, when that began, as `performance.now()` has it, and for an error why.
 */
export const recorderOf =
  ([file, size, hash]: StubFile, url: string): ((event: CosEvent, start: number, reason?: unknown) => void) =>
  (event, start, reason) => {
    try {
      const detail = { file, size, hash: hash.value, url, reason } as CosDetail
      performance.measure('wasm-cos:' + event, { start, detail })
    } catch {}
  }
