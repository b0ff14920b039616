import { chunkFingerprint, hashOf, mayLoadByWords, type ResolvedOptions } from '@wasm-cos/core/setup'
import type { Chunk, Compilation, Compiler, Module } from './webpack-types.ts'

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
  JavascriptModulesPlugin.getCompilationHooks(compilation as never).chunkHash.tap(
    { name: 'wasm-cos' },
    (chunk, hash) => {
      if (!mayLoadWasm(chunk, compilation)) return
      hash.update(fingerprintOf(compilation, chunk, options))
    },
  )
}

function fingerprintOf(compilation: Compilation, chunk: Chunk, options: ResolvedOptions): Buffer {
  const hashes = [...compilation.modules]
    .filter(isWasm)
    .map((module) => contentHashOf(module, chunk, compilation))
  return Buffer.from(chunkFingerprint(options, [...hashes.toSorted(), placesIn(compilation)]))
}

/** What the configuration says of where wasm files are: edited chunks carry their paths. */
function placesIn({ outputOptions }: Compilation): string {
  const { assetModuleFilename, publicPath, webassemblyModuleFilename } = outputOptions
  return [assetModuleFilename, publicPath, webassemblyModuleFilename].join()
}

/** The hash that the bundler has made of a module: webpack has it in the module's record, Rspack in the graph. */
function contentHashOf(module: Module, { runtime }: Chunk, { chunkGraph }: Compilation): string {
  const record: { hash?: unknown } = module.buildInfo ?? {}
  const known = record.hash ?? chunkGraph.getModuleHash?.(module as never, runtime as never)
  if (typeof known === 'string') return known
  const bytes = module.originalSource()?.buffer()
  return bytes === undefined ? '' : hashOf(bytes).value
}

/** Whether something may be injected into a chunk, as far as that is known before it is rendered. */
function mayLoadWasm(chunk: Chunk, { chunkGraph, modules }: Compilation): boolean {
  if (chunk.hasRuntime() && [...modules].some(isWasm)) return true
  return [...chunkGraph.getChunkModules(chunk)]
    .flatMap((module) => Array.from(module.modules ?? [module]))
    .some((module) => isWasm(module) || mayFetch(module))
}

function isWasm(module: Module): boolean {
  return module.nameForCondition()?.endsWith('.wasm') ?? false
}

/** Whether a module may load wasm for itself or, as a download helper does, for others. */
function mayFetch(module: Module): boolean {
  const code = module.originalSource()?.source()
  return typeof code === 'string' && mayLoadByWords(code)
}
