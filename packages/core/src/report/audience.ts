import type { Origins } from '../output.ts'

/** Who may read what a page stores, in words. */
export function audienceInWords(origins: Origins): string {
  if (origins === '*') return 'any site'
  return origins.length === 0 ? 'same site' : origins.join(' ')
}
