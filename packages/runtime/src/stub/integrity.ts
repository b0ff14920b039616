import type { WasmHash } from '../api.ts'

/** A SHA-256 as Subresource Integrity writes it. */
export const integrityOf = (digest: Iterable<number>): string =>
  'sha256-' + btoa(String.fromCharCode(...digest))

/** The same of a hash that is written in hexadecimal digits. */
export const asIntegrity = (hash: WasmHash): string =>
  integrityOf(hash.value.match(/../g)!.map((byte) => parseInt(byte, 16)))
