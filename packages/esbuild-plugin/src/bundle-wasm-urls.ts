import { readFileSync } from 'node:fs'
import { matchesAny, type ResolvedOptions } from '@wasm-cos/core/setup'
import type { BuildOptions, Loader, OnLoadResult, PartialMessage, Plugin, PluginBuild } from 'esbuild'
import { loaderOf } from './loaders.ts'
import { loadsNoModules } from './loads-no-modules.ts'
import { warnAtEnd } from './warnings.ts'

/**
 * Makes esbuild bundle `new URL('./x.wasm', import.meta.url)`, which it leaves alone: the file is resolved like an
 * import, emitted like one with the loader `file`, and the URL is that of the emitted file, in every output format.
 *
 * Modules of other plugins' namespaces, those that a plugin listed before this one loads, and those that ship as data are left
 * alone. So are those with JSX where a plugin that is listed later may compile it (Solid's, Babel's).
 *
 * @see https://github.com/evanw/esbuild/issues/795
 */
export function bundleWasmUrls(build: PluginBuild, options: ResolvedOptions): void {
  const later = laterPlugins(build.initialOptions)
  const compilers = later.filter(mayLoadModules)
  const isExcluded = matchesAny(options.exclude ?? [])
  /** By module: what a loader returns with a warning esbuild takes for the module, so that it is said when the build ends. */
  const messages = new Map<string, PartialMessage[]>()
  build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, ({ path, with: attributes }) => {
    const isCode = codeLoaders.has(loaderOf(path, build.initialOptions) ?? 'default')
    if (!isCode || Object.keys(attributes).length > 0) return undefined
    const source = readIfThere(path)
    if (source === undefined || !mayHoldWasmUrl(source)) return undefined
    if (compilers.length === 0 || !path.endsWith('x')) return loadModule(path, source.toString())
    messages.set(path, [{ text: leftToCompiler(path, compilers) }])
    return undefined
  })

  const loadModule = async (path: string, code: string): Promise<OnLoadResult | undefined> => {
    const { importWasmUrls } = await import('./import-wasm-urls.ts')
    const imported = await importWasmUrls(build, path, code, isExcluded)
    messages.set(path, imported.messages)
    // With an answer, even one without contents, esbuild does not ask the plugins that are listed behind this one.
    return imported.module?.contents !== undefined || later.every(loadsNoModules)
      ? imported.module
      : undefined
  }

  build.onStart(() => messages.clear())
  build.onEnd(async (result) => {
    const said = [...messages.values()].flat()
    if (options.strict) return { errors: said }
    await warnAtEnd(build, result, said)
    return undefined
  })
}

/** The loaders whose modules esbuild bundles as code; other ones (`file`, `copy`, `text`) ship a module as data. */
const codeLoaders: ReadonlySet<Loader> = new Set(['js', 'jsx', 'ts', 'tsx', 'default'])

/** Whether a build has somewhere to emit files to, and modules that import them. */
export function canBundleWasmUrls({ bundle, outdir, outfile }: BuildOptions): boolean {
  return bundle === true && (outdir !== undefined || outfile !== undefined)
}

/** The plugins that are listed behind this one. */
function laterPlugins({ plugins = [] }: BuildOptions): Plugin[] {
  return plugins.slice(plugins.findLastIndex(({ name }) => name === 'wasm-cos') + 1)
}

/** Whether a plugin may load modules: esbuild shows no plugin what others register. */
function mayLoadModules({ setup }: Plugin): boolean {
  return /\bonLoad\b/.test(String(setup))
}

function leftToCompiler(path: string, compilers: Plugin[]): string {
  const names = compilers.map(({ name }) => name).join(', ')
  return (
    `${path} has new URL() of a wasm file and JSX, which ${names} may compile: it was left as it is. List what compiles JSX before wasm-cos ` +
    'and move the URL to a module without JSX, or list wasm-cos last.'
  )
}

/** Reads a module, and all are read: not asynchronously, which takes longer for small files. What cannot be read is esbuild's to report. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Whether a module can hold such URLs: most are not even decoded. */
export function mayHoldWasmUrl(source: Buffer): boolean {
  return (
    source.includes('.wasm') && source.includes('import.meta.url') && /\bnew\s+URL\b/.test(source.toString())
  )
}
