import { hashOf } from './hash.ts'
import type { ContentId } from '../output.ts'

/** A file's content as it was handed over: its bytes, or what identifies them. */
type Given = { bytes: Uint8Array } | ContentId

/** What identifies the content of a file; hashes it where only its bytes are known. */
export function contentIdOf(given: Given): ContentId {
  if ('hash' in given) return { size: given.size, hash: given.hash }
  return { size: given.bytes.byteLength, hash: hashOf(given.bytes) }
}

/** Whether a file has this content, byte for byte; of another size, it need not be hashed. */
export function hasContent(given: Given, { size, hash }: ContentId): boolean {
  const givenSize = 'hash' in given ? given.size : given.bytes.byteLength
  return givenSize === size && contentIdOf(given).hash.value === hash.value
}
