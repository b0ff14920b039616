import { readFile } from 'node:fs/promises'
import type { BuildOptions, PluginBuild } from 'esbuild'

/** The type in the import attribute of a file that is to be emitted, whatever the loader for `.wasm` is. */
const attribute = 'wasm-cos-url'

/**
 * A prefix for the path of such a file where esbuild loads it by itself, so that no option resolves the path to
 * something else.
 */
const filePrefix = 'wasm-cos-file:'

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
  build.onResolve({ filter: /^wasm-cos:script-url$/ }, ({ path }) => ({
    path,
    namespace: 'wasm-cos',
    sideEffects: false,
  }))
  build.onLoad({ filter: /^wasm-cos:script-url$/, namespace: 'wasm-cos' }, () => ({
    contents: scriptUrlModule,
  }))
}

/** The statement that imports the URL of a file, relative to the script. */
export function importFile(name: string, path: string, options: BuildOptions): string {
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
export function needsScriptUrl({ format, platform, define = {} }: BuildOptions): boolean {
  const isModule = format === 'esm' || (format === undefined && platform === 'neutral')
  return !isModule && !('import.meta.url' in define) && !('import.meta' in define)
}
