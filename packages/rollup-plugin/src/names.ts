import { createHash } from 'node:crypto'
import { type ResolvedOptions, stubFingerprint } from '@wasm-cos/core/setup'
import type { WasmInputs } from './wasm-inputs.ts'
import type { RenderedChunk } from './rollup-types.ts'

/**
 * What the hash in a chunk's name has to depend on besides its code. The bundlers give chunks their names before
 * `generateBundle`, where code is edited: what will be injected has to count beforehand, for every chunk that may get it.
 *
 * @returns Undefined for a chunk that gets nothing.
 */
export function addToChunkHash(
  chunk: RenderedChunk,
  inputs: WasmInputs,
  moduleIds: Iterable<string>,
  options: ResolvedOptions,
): string | undefined {
  if (!mayLoadWasm(chunk)) return undefined
  const hashes = inputs.hashesOf(moduleIds)
  return createHash('sha256')
    .update([stubFingerprint(options), ...hashes].join())
    .digest('hex')
}

/**
 * Whether a chunk may get something injected, as far as that is known before its name is, for itself or as a download helper
 * of others; or the new name of a worker, into which something may be. What Vite puts into entries fetches only scripts.
 */
function mayLoadWasm({ modules }: RenderedChunk): boolean {
  return Object.entries(modules).some(
    ([id, { code }]) =>
      /\.wasm(\?|$)|[?&](shared)?worker\b|\.[cm]?js\?(.*&)?url\b/.test(id) ||
      (/WebAssembly|\.wasm|\bWorker\b|\bfetch\b/.test(code ?? '') &&
        !/vite\/(modulepreload|preload)-/.test(id)),
  )
}
