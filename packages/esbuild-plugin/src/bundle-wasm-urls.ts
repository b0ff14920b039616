import { readFileSync } from 'node:fs'
import type { ResolvedOptions } from '@wasm-cos/core'
import type { BuildOptions, OnLoadResult, PluginBuild } from 'esbuild'

/**
 * Makes esbuild bundle `new URL('./x.wasm', import.meta.url)`, which it leaves alone: the file is resolved like an
 * import, emitted like one with the loader `file`, and the URL is that of the emitted file, in every output format.
 *
 * Modules of other plugins' namespaces, and those that a plugin listed before this one loads, are left to them.
 *
 * @see https://github.com/evanw/esbuild/issues/795
 */
export function bundleWasmUrls(build: PluginBuild, options: ResolvedOptions): void {
  build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, ({ path }) =>
    loadModule(build, path, options),
  )
}

/** Whether a build has somewhere to emit files to, and modules that import them. */
export function canBundleWasmUrls({ bundle, outdir, outfile }: BuildOptions): boolean {
  return bundle === true && (outdir !== undefined || outfile !== undefined)
}

/** Reads a module, and all are read: not asynchronously, which takes longer for small files. */
function loadModule(
  build: PluginBuild,
  path: string,
  options: ResolvedOptions,
): Promise<OnLoadResult> | undefined {
  const source = readIfThere(path)
  return source !== undefined && mayHoldWasmUrl(source)
    ? loadWithWasmUrls(build, path, source, options)
    : undefined
}

/** What cannot be read is esbuild's to report. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

async function loadWithWasmUrls(
  build: PluginBuild,
  path: string,
  source: Buffer,
  { strict }: ResolvedOptions,
): Promise<OnLoadResult> {
  const { importWasmUrls } = await import('./import-wasm-urls.ts')
  const { warnings, ...result } = await importWasmUrls(build, path, source.toString())
  return { ...result, [strict ? 'errors' : 'warnings']: warnings }
}

/** Whether a module can hold such URLs: most are not even decoded. */
export function mayHoldWasmUrl(source: Buffer): boolean {
  return (
    source.includes('.wasm') && source.includes('import.meta.url') && /\bnew\s+URL\b/.test(source.toString())
  )
}
