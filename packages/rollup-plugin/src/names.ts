import { chunkFingerprint, mayLoadByWords, type ResolvedOptions } from '@wasm-cos/core/setup'
import type { WasmInputs } from './wasm-inputs.ts'
import type { RenderedChunk } from './rollup-types.ts'

/**
 * Returns a text that the hash in a chunk's name has to depend on besides the chunk's code. Rollup, Rolldown and Vite give
 * chunks their names before `generateBundle`, where the plugin edits code. So the text stands for all that may be injected
 * there: the stub with its options, and the hash of every wasm file.
 *
 * @param moduleIds Lists the modules of the build.
 * @returns Undefined for a chunk into which nothing is injected.
 */
export function addToChunkHash(
  chunk: RenderedChunk,
  inputs: WasmInputs,
  moduleIds: () => Iterable<string>,
  options: ResolvedOptions,
): string | undefined {
  if (!mayLoadWasm(chunk)) return undefined
  return chunkFingerprint(options, inputs.hashesOf(moduleIds()))
}

/**
 * Whether something may be injected into a chunk, as far as that is known before its name is: because it loads wasm, because
 * it downloads for others, or because it names a worker that gets a new name. Vite's helpers for `modulepreload` do not count,
 * for they fetch scripts only.
 */
function mayLoadWasm({ modules }: RenderedChunk): boolean {
  // Rolldown hands the code of a module over when it is asked for.
  const all = Object.entries(modules)
  return (
    all.some(([id]) => /\.wasm(\?|$)|[?&](shared)?worker\b|\.[cm]?js\?(.*&)?url\b/.test(id)) ||
    all.some(([id, module]) => !/vite\/(modulepreload|preload)-/.test(id) && mayNeedWasm(module.code ?? ''))
  )
}

function mayNeedWasm(code: string): boolean {
  return mayLoadByWords(code) || /\.wasm|\bWorker\b/.test(code)
}
