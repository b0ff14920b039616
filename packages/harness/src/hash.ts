import { createHash } from 'node:crypto'

/** The SHA-256 of bytes or text, as 64 lowercase hexadecimal digits. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The hashes that a script carries in literals of the shape that Cross-Origin Storage takes, minified or not. */
export function embeddedHashes(code: string): string[] {
  const literal = /\{ ?algorithm: ?["']SHA-256["'], ?value: ?["']([0-9a-f]{64})["'] ?\}/g
  return Array.from(code.matchAll(literal), ([, hash]) => hash!)
}
