import type { Entry } from './entry.ts'
import { siteOf } from './site.ts'

/** By what an origin may read an entry; the first that holds decides, and only `everyone` is gated further. */
export type Disclosure = 'same-site' | 'listed' | 'everyone'

/**
 * Says by what an origin may read an entry.
 *
 * @returns `undefined` if it may not.
 * @see https://wicg.github.io/cross-origin-storage/#reading-files (determine COS disclosure)
 */
export function disclosureOf(entry: Entry, origin: string): Disclosure | undefined {
  const site = siteOf(origin)
  if (site === undefined) return undefined
  if (entry.storedBy.some((storer) => siteOf(storer) === site)) return 'same-site'
  if (entry.origins.includes(origin)) return 'listed'
  return entry.everyone ? 'everyone' : undefined
}
