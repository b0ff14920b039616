import type { Origins } from '../output.ts'

/**
 * Who will find a file in Cross-Origin Storage, once a page of this site has stored it.
 *
 * - `everyone`: browsers show it to every site today, for it is on the Public Hash List.
 * - `once-listed`: browsers will show it to every site once it is listed. This site finds it today, and users of the
 *   extension find it on every site.
 * - `site`: origins of the same site.
 * - `origins`: the listed origins, as far as the page's header names them.
 */
export type Finders = 'everyone' | 'once-listed' | 'site' | 'origins'

/**
 * Tells who will find a file.
 *
 * @param isListed Whether its hash is on the Public Hash List; undefined where no list was given.
 */
export function findersOf(origins: Origins, isListed: boolean | undefined): Finders {
  if (origins !== '*') return origins.length === 0 ? 'site' : 'origins'
  return isListed === true ? 'everyone' : 'once-listed'
}

/** Who will find a file, in words. */
export function findersInWords(origins: Origins, isListed: boolean | undefined): string {
  switch (findersOf(origins, isListed)) {
    case 'everyone':
      return 'everyone today'
    case 'once-listed':
      return 'everyone once listed; until then this site and extension users'
    case 'site':
      return 'this site'
    case 'origins':
      return `${(origins as readonly string[]).join(' ')}, with the header`
  }
}
