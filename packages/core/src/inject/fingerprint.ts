import { createHash } from 'node:crypto'
import { stub, stubWithIntegrity, xhrStub } from '@wasm-cos/runtime/stub'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/**
 * A text that changes whenever what a chunk is given does: names that carry a content hash, and are made before the chunk is edited,
 * depend on it.
 *
 * @param hashes The hashes of the wasm files, in an order that does not change from build to build.
 */
export function chunkFingerprint(options: ResolvedOptions, hashes: Iterable<string>): string {
  return createHash('sha256')
    .update([stubFingerprint(options), ...hashes].join())
    .digest('hex')
}

/** The injected text, the files aside. */
function stubFingerprint({ integrity, text }: ResolvedOptions): string {
  return (integrity ? stubWithIntegrity : stub) + xhrStub + text
}
