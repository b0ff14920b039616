import { hash } from 'node:crypto'

const base36 = '0123456789abcdefghijklmnopqrstuvwxyz'

/** What bundlers write content hashes with, the narrowest first. */
const alphabets = [
  base36.slice(0, 16),
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  base36,
  base36.toUpperCase(),
  `${base36}ABCDEFGHIJKLMNOPQRSTUVWXYZ_-`,
].map((letters) => ({ letters, only: new RegExp(`^[${letters}]*$`) }))

/** A hash of a text that looks like another hash: as long, and of the same alphabet. */
export function contentHash(text: string, lookalike: string): string {
  const alphabet = alphabets.find(({ only }) => only.test(lookalike))?.letters ?? base36
  // Not by createHash, whose object costs several times what the hash of a short text does.
  const bytes = hash('sha512', text, 'buffer')
  let written = ''
  for (let at = 0; at < lookalike.length; at++)
    written += alphabet[bytes[at % bytes.length]! % alphabet.length]
  return written
}
