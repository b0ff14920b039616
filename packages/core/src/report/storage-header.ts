import type { Origins } from '../output.ts'

/** The response header that pages need which store files for a list of origins. */
export interface StorageHeader {
  name: 'Cross-Origin-Storage-Allow-Origin'
  /** The origins, separated by commas. */
  value: string
}

/**
 * Makes the header for pages that store files: a browser drops the origins of a list that the header of the page does
 * not name. Files for every site or the same site need none.
 *
 * @param origins Who may read each file.
 * @see https://wicg.github.io/cross-origin-storage/
 */
export function storageHeader(origins: Iterable<Origins>): StorageHeader | undefined {
  const named = new Set([...origins].flatMap((who) => (who === '*' ? [] : who)))
  if (named.size === 0) return undefined
  return { name: 'Cross-Origin-Storage-Allow-Origin', value: [...named].join(', ') }
}
