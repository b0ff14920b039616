import type { HashedSourceFile, HashedWasmFile } from '@wasm-cos/core'
import { Recent } from '@wasm-cos/core/setup'

/** The hashes of a thousand wasm assets in earlier builds of this process, by file name. */
const known = new Recent<string, string>(1000)

/**
 * The content of a wasm asset whose bytes an earlier build of this process has read, without reading them again: Rolldown copies
 * them for each plugin that asks, which takes longer than all else where they are many megabytes.
 *
 * @param fileName Carries a hash of what the asset was emitted with.
 * @param sources The files that it was made from, as they are now: one of them still holds what the asset did.
 */
export function emittedBefore(fileName: string, sources: HashedSourceFile[]): HashedWasmFile | undefined {
  const hash = known.get(fileName)
  const source = sources.find((one) => one.hash.value === hash)
  return source && { type: 'wasm', fileName, size: source.size, hash: source.hash, sources }
}

/** Keeps what a wasm asset holds for later builds. */
export function keepEmitted({ fileName, hash }: HashedWasmFile): void {
  known.set(fileName, hash.value, 1)
}
