import { Recent } from './recent.ts'

/** What functions have found in texts. */
const known = new Recent<string, Map<unknown, unknown>>()
/** From how many characters on it pays to look whether a text is known. */
const worthKnowing = 2 ** 12

/** A text that an earlier build of this process had becomes the same string in memory: to find it takes no comparison then. */
export function asRemembered(text: string): string {
  return text.length < worthKnowing ? text : (known.keyOf(text) ?? text)
}

/**
 * Makes a pure function of a text remember what it has found, for the same text in a later build of this process. To find
 * a text takes a comparison with itself, unless it is {@link asRemembered}.
 */
export function remember<Found>(find: (text: string) => Found): (text: string) => Found {
  return (text) => {
    if (text.length < worthKnowing) return find(text)
    const notes = known.get(text) ?? new Map<unknown, unknown>()
    if (notes.size === 0) known.set(text, notes, text.length)
    if (!notes.has(find)) notes.set(find, find(text))
    return notes.get(find) as Found
  }
}
