import { createHash } from 'node:crypto'
import { hashOf, type ResolvedOptions, stubFingerprint } from '@wasm-cos/core/setup'
import type { Chunk, Compilation, Compiler, Module } from './webpack-like.ts'

/**
 * Makes `[chunkhash]`, and `[contenthash]` without `optimization.realContentHash`, depend on what will be injected:
 * these are fixed before the code is edited.
 */
export function addToChunkHashes(
  compiler: Compiler,
  compilation: Compilation,
  options: ResolvedOptions,
): void {
  const { JavascriptModulesPlugin } = compiler.webpack.javascript
  let fingerprint: Buffer | undefined
  JavascriptModulesPlugin.getCompilationHooks(compilation as never).chunkHash.tap(
    { name: 'wasm-cos' },
    (chunk, hash) => {
      if (!mayLoadWasm(chunk, compilation)) return
      fingerprint ??= fingerprintOf(compilation, options)
      hash.update(fingerprint)
    },
  )
}

function fingerprintOf({ modules }: Compilation, options: ResolvedOptions): Buffer {
  const sources = [...modules].filter(isWasm).map((module) => module.originalSource()?.buffer())
  const hashes = sources.map((bytes) => (bytes === undefined ? '' : hashOf(bytes).value))
  return createHash('sha256')
    .update([stubFingerprint(options), ...hashes.toSorted()].join())
    .digest()
}

/** Whether a chunk may get something injected, as far as that is known before it is rendered. */
function mayLoadWasm(chunk: Chunk, { chunkGraph, modules }: Compilation): boolean {
  if (chunk.hasRuntime() && [...modules].some(isWasm)) return true
  return [...chunkGraph.getChunkModules(chunk)]
    .flatMap((module) => Array.from(module.modules ?? [module]))
    .some((module) => isWasm(module) || mentionsWebAssembly(module))
}

function isWasm(module: Module): boolean {
  return module.nameForCondition()?.endsWith('.wasm') ?? false
}

function mentionsWebAssembly(module: Module): boolean {
  const code = module.originalSource()?.source()
  return typeof code === 'string' && code.includes('WebAssembly')
}
