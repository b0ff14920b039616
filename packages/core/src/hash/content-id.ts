import { hashOf } from './hash.ts'
import { noWasmOf } from './no-wasm.ts'
import type { ContentId, WasmHash } from '../output.ts'

/** A file's content as it was handed over: its bytes, or what identifies them. */
type Given = { bytes: Uint8Array } | ContentId

/** What identifies the content of a file; hashes it where only its bytes are known. */
export function contentIdOf(given: Given): ContentId {
  if (!('hash' in given)) return contentIdFrom(given.bytes.byteLength, hashOf(given.bytes), given.bytes)
  const { size, hash, noWasm } = given
  return noWasm === undefined ? { size, hash } : { size, hash, noWasm }
}

/**
 * Makes what identifies a content.
 *
 * @param start Its first bytes.
 */
export function contentIdFrom(size: number, hash: WasmHash, start: Uint8Array): ContentId {
  const noWasm = noWasmOf(start)
  return noWasm === undefined ? { size, hash } : { size, hash, noWasm }
}

/** Whether a file has this content, byte for byte; of another size, it need not be hashed. */
export function hasContent(given: Given, { size, hash }: ContentId): boolean {
  const givenSize = 'hash' in given ? given.size : given.bytes.byteLength
  return givenSize === size && contentIdOf(given).hash.value === hash.value
}
