import { urlExpression } from '@wasm-cos/core/setup'
import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import type { BuildOptions, PluginBuild } from 'esbuild'

/** The type in the import attribute of a file that is to be emitted, whatever the loader for `.wasm` is. */
const attribute = 'wasm-cos-url'

/**
 * A prefix for the path of such a file where esbuild loads it by itself, so that no option resolves the path to
 * something else.
 */
const filePrefix = 'wasm-cos-file:'

/** The namespace of modules whose default export is the absolute URL of such a file. */
const absolute = 'wasm-cos-absolute'

const scriptUrl = 'wasm-cos:script-url'

/**
 * The module whose default export is the URL of a script that is no module. It is known while the script runs for the
 * first time.
 */
const scriptUrlModule = `export default typeof document === 'object'
  ? (document.currentScript && document.currentScript.src) || document.baseURI
  : location.href`

/** Adds what makes the imports work that {@link importFile} and {@link importScriptUrl} write. */
export function emitImportedFiles(build: PluginBuild): void {
  build.onResolve({ filter: /\.wasm$/ }, ({ path, with: { type } }) =>
    type === attribute ? { path } : undefined,
  )
  build.onLoad({ filter: /\.wasm$/ }, async ({ path, with: { type } }) =>
    type === attribute ? { contents: await readFile(path), loader: 'file', watchFiles: [path] } : undefined,
  )
  build.onResolve({ filter: /^wasm-cos-file:/ }, ({ path }) => ({ path: path.slice(filePrefix.length) }))
  build.onResolve({ filter: /^wasm-cos-absolute:/ }, ({ path }) => ({
    // No path of the machine: names of chunks are made of what they hold, comments too.
    path: relative(folderOf(build), path.slice(absolute.length + 1)),
    namespace: absolute,
    sideEffects: false,
  }))
  build.onLoad({ filter: /\.wasm$/, namespace: absolute }, ({ path }) => ({
    contents: `${importRelative('file', resolve(folderOf(build), path), build.initialOptions)}
export default ${urlExpression('file')}`,
    resolveDir: folderOf(build),
  }))
  build.onResolve({ filter: /^wasm-cos:script-url$/ }, ({ path }) => ({
    path,
    namespace: 'wasm-cos',
    sideEffects: false,
  }))
  build.onLoad({ filter: /^wasm-cos:script-url$/, namespace: 'wasm-cos' }, () => ({
    contents: scriptUrlModule,
  }))
}

function folderOf({ initialOptions }: PluginBuild): string {
  return initialOptions.absWorkingDir ?? process.cwd()
}

/**
 * The statement that imports the URL of a file, absolute or relative to the script. Where code is split, the text of a
 * relative one may be in a chunk of another folder, so that the URL has to be made there.
 */
export function importFile(name: string, path: string, options: BuildOptions): string {
  const isRelative = options.publicPath === undefined && !needsScriptUrl(options) && !hasOwnScriptUrl(options)
  return options.splitting && isRelative
    ? `import ${name} from ${JSON.stringify(`${absolute}:${path}`)}`
    : importRelative(name, path, options)
}

function importRelative(name: string, path: string, options: BuildOptions): string {
  return emitsFiles(options)
    ? `import ${name} from ${JSON.stringify(filePrefix + path)}`
    : `import ${name} from ${JSON.stringify(path)} with { type: '${attribute}' }`
}

/**
 * Whether esbuild emits every wasm file, and no other plugin can make something else of it. What a plugin hands over
 * takes esbuild a time that grows with the square of the size: 6 s for 32 MB.
 */
function emitsFiles({ loader = {}, plugins = [] }: BuildOptions): boolean {
  const loaders = Object.entries(loader).filter(([extension]) => extension.endsWith('.wasm'))
  return plugins.length === 1 && loader['.wasm'] === 'file' && loaders.every(([, name]) => name === 'file')
}

/** The statement that imports the script's own URL. */
export function importScriptUrl(name: string): string {
  return `import ${name} from '${scriptUrl}'`
}

/** Whether scripts of the output have no `import.meta.url`, neither by their format nor by the option `define`. */
export function needsScriptUrl(options: BuildOptions): boolean {
  const { format, platform } = options
  const isModule = format === 'esm' || (format === undefined && platform === 'neutral')
  return !isModule && !hasOwnScriptUrl(options)
}

/** Whether the option `define` says what `import.meta.url` is. */
function hasOwnScriptUrl({ define = {} }: BuildOptions): boolean {
  return 'import.meta.url' in define || 'import.meta' in define
}
