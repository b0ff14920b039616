/** Where a hash stands in the texts of a folder. */
export interface HashPlace {
  /** The name of the text. */
  in: string
  /** In UTF-16 code units. */
  at: number
}

/** How many characters of a hash are looked at first. */
const prefixLength = 4
const filterSize = 2 ** 20

/**
 * Finds the places of hashes in texts, reading each text once, however many hashes there are.
 *
 * @param texts By name.
 * @returns The places of each hash, in the order of the texts.
 */
export function findHashPlaces(
  hashes: Iterable<string>,
  texts: Map<string, string>,
): Map<string, HashPlace[]> {
  const places = new Map(Array.from(hashes, (hash): [string, HashPlace[]] => [hash, []]))
  const lengths = [...new Set(Array.from(places.keys(), ({ length }) => length))]
  /** Tells for most positions at once that no hash begins there. */
  const filter = new Uint8Array(filterSize)
  for (const hash of places.keys()) {
    if (hash.length < prefixLength) filter.fill(1)
    else filter[filterIndex(hash, 0)] = 1
  }
  for (const [name, text] of places.size === 0 ? [] : texts) {
    for (let at = 0; at < text.length; at++) {
      if (filter[filterIndex(text, at)] === 0) continue
      for (const length of lengths) places.get(text.slice(at, at + length))?.push({ in: name, at })
    }
  }
  return places
}

function filterIndex(text: string, at: number): number {
  let index = 0
  for (let offset = 0; offset < prefixLength; offset++)
    index = (Math.imul(index, 61) + text.charCodeAt(at + offset)) | 0
  return index & (filterSize - 1)
}
