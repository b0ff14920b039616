import { hash } from 'node:crypto'

const base36 = '0123456789abcdefghijklmnopqrstuvwxyz'

/** How bundlers write content hashes: what the first character is of, and the others. The narrowest come first. */
const kinds = [
  written(base36.slice(0, 16)),
  // Turbopack's are told from words by their length and their first digit.
  { first: '0123', letters: `${base36}_-`, only: /^[0-3][\da-z_-]{12}$/ },
  written('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
  written(base36),
  written(base36.toUpperCase()),
  written(`${base36}ABCDEFGHIJKLMNOPQRSTUVWXYZ_-`),
]

function written(letters: string): { first: string; letters: string; only: RegExp } {
  return { first: letters, letters, only: new RegExp(`^[${letters}]*$`) }
}

/** A hash of a text that looks like another hash: as long, and of the same alphabet. */
export function contentHash(text: string, lookalike: string): string {
  const { first, letters } = kinds.find(({ only }) => only.test(lookalike)) ?? written(base36)
  // Not by createHash, whose object costs several times what the hash of a short text does.
  const bytes = hash('sha512', text, 'buffer')
  let alike = ''
  for (let at = 0; at < lookalike.length; at++) {
    const alphabet = at === 0 ? first : letters
    alike += alphabet[bytes[at % bytes.length]! % alphabet.length]
  }
  return alike
}
