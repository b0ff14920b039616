import { readFileSync } from 'node:fs'
import type { ResolvedOptions } from '@wasm-cos/core'
import type { BuildOptions, Loader, OnLoadResult, PluginBuild } from 'esbuild'
import { loaderOf } from './loaders.ts'

/**
 * Makes esbuild bundle `new URL('./x.wasm', import.meta.url)`, which it leaves alone: the file is resolved like an
 * import, emitted like one with the loader `file`, and the URL is that of the emitted file, in every output format.
 *
 * Modules of other plugins' namespaces, those that a plugin listed before this one loads, and those that ship as data are left
 * alone.
 *
 * @see https://github.com/evanw/esbuild/issues/795
 */
export function bundleWasmUrls(build: PluginBuild, options: ResolvedOptions): void {
  build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, ({ path, with: attributes }) => {
    const isCode = codeLoaders.has(loaderOf(path, build.initialOptions) ?? 'default')
    return isCode && Object.keys(attributes).length === 0 ? loadModule(build, path, options) : undefined
  })
}

/** The loaders whose modules esbuild bundles as code; other ones (`file`, `copy`, `text`) ship a module as data. */
const codeLoaders: ReadonlySet<Loader> = new Set(['js', 'jsx', 'ts', 'tsx', 'default'])

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
