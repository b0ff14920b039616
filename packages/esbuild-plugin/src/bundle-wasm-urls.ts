import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ResolvedOptions } from '@wasm-cos/core'
import type { BuildOptions, Loader, OnLoadResult, PluginBuild } from 'esbuild'

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
  const { loader } = build.initialOptions
  build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, ({ path, with: attributes }) =>
    Object.keys(attributes).length === 0 && isCode(path, loader)
      ? loadModule(build, path, options)
      : undefined,
  )
}

const codeLoaders: ReadonlySet<Loader> = new Set(['js', 'jsx', 'ts', 'tsx', 'default'])

/**
 * Whether esbuild bundles a module, and does not ship it as data (`file`, `copy`, `text`): the loader of its longest extension says
 * so.
 *
 * @see https://esbuild.github.io/api/#loader
 */
function isCode(path: string, loaders: BuildOptions['loader'] = {}): boolean {
  const [, ...parts] = basename(path).split('.')
  const extensions = parts.map((_, index) => `.${parts.slice(index).join('.')}`)
  const loader = extensions.map((extension) => loaders[extension]).find((found) => found !== undefined)
  return loader === undefined || codeLoaders.has(loader)
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
