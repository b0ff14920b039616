import { Substrings } from '@wasm-cos/core'

/** Where a hash stands in the texts of a folder. */
export interface HashMention {
  /** The name of the text. */
  in: string
  /** In UTF-16 code units. */
  at: number
}

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
  const substrings = new Substrings(mentions.keys())
  for (const [name, text] of mentions.size === 0 ? [] : texts) {
    for (const at of substrings.starts(text)) {
      for (const hash of substrings.at(text, at)) mentions.get(hash)!.push({ in: name, at })
    }
  }
  return mentions
}
