import { createHash } from 'node:crypto'
import type { WasmHash } from '../output.ts'

/** SHA-256 of the bytes that ship, as Cross-Origin Storage wants it. */
export function hashOf(bytes: Uint8Array): WasmHash {
  return { algorithm: 'SHA-256', value: createHash('sha256').update(bytes).digest('hex') }
}

/**
 * The same hash as Subresource Integrity writes it.
 *
 * @see https://www.w3.org/TR/sri/
 */
export function integrityOf(hash: WasmHash): string {
  return `sha256-${Buffer.from(hash.value, 'hex').toString('base64')}`
}
