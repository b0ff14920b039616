/** Where a hash stands in the texts of a folder. */
export interface HashMention {
  /** The name of the text. */
  in: string
  /** In UTF-16 code units. */
  at: number
}

/** How many characters of a hash are looked at first. */
const prefixLength = 4
const filterSize = 2 ** 20

/**
 * Finds the mentions of hashes in texts, reading each text once, however many hashes there are.
 *
 * @param texts By name.
 * @returns The mentions of each hash, in the order of the texts.
 */
export function findHashMentions(
  hashes: Iterable<string>,
  texts: Map<string, string>,
): Map<string, HashMention[]> {
  const mentions = new Map(Array.from(hashes, (hash): [string, HashMention[]] => [hash, []]))
  const lengths = [...new Set(Array.from(mentions.keys(), ({ length }) => length))]
  /** Tells for most positions at once that no hash begins there. */
  const filter = new Uint8Array(filterSize)
  for (const hash of mentions.keys()) {
    if (hash.length < prefixLength) filter.fill(1)
    else filter[filterIndex(hash, 0)] = 1
  }
  for (const [name, text] of mentions.size === 0 ? [] : texts) {
    for (let at = 0; at < text.length; at++) {
      if (filter[filterIndex(text, at)] === 0) continue
      for (const length of lengths) mentions.get(text.slice(at, at + length))?.push({ in: name, at })
    }
  }
  return mentions
}

function filterIndex(text: string, at: number): number {
  let index = 0
  for (let offset = 0; offset < prefixLength; offset++)
    index = (Math.imul(index, 61) + text.charCodeAt(at + offset)) | 0
  return index & (filterSize - 1)
}
