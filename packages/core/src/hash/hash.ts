import { createHash } from 'node:crypto'
import type { WasmHash } from '../output.ts'

/** SHA-256 of the bytes that ship, as Cross-Origin Storage wants it. */
export function hashOf(bytes: Uint8Array): WasmHash {
  return { algorithm: 'SHA-256', value: createHash('sha256').update(bytes).digest('hex') }
}

/**
 * A hash in the form of Subresource Integrity: `sha256-<base64>`.
 *
 * @see https://www.w3.org/TR/sri/
 */
export function integrityOf(hash: WasmHash): string {
  return `sha256-${Buffer.from(hash.value, 'hex').toString('base64')}`
}
