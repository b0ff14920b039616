import type { WasmHash } from '../api.ts'

/** A SHA-256 as Subresource Integrity writes it. */
export const integrityOf = (digest: Iterable<number>): string =>
  'sha256-' + btoa(String.fromCharCode(...digest))

/** The same of a hash that is written in hexadecimal digits. */
export const asIntegrity = (hash: WasmHash): string =>
  integrityOf(hash.value.match(/../g)!.map((byte) => parseInt(byte, 16)))

/** The bytes of a file, if they have its hash; else it rejects with `HashMismatch`. */
export const check = async (bytes: ArrayBuffer, hash: WasmHash): Promise<ArrayBuffer> => {
  const digest = await crypto.subtle.digest(hash.algorithm, bytes)
  if (integrityOf(new Uint8Array(digest)) != asIntegrity(hash)) throw 'HashMismatch'
  return bytes
}
