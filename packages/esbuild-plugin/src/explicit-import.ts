import { explicitImport, urlExpression } from '@wasm-cos/core/setup'
import type { BuildOptions, PluginBuild } from 'esbuild'
import { importFile, importScriptUrl, needsScriptUrl } from './emitted-files.ts'

/** Makes `import init from './x.wasm?cos'` work. esbuild resolves the file by itself and keeps the query apart. */
export function bundleExplicitImports(build: PluginBuild): void {
  const { load } = explicitImport({ declareUrl: (_, path) => declareUrl(path, build.initialOptions) })
  build.onLoad({ filter: /\.wasm$/ }, async ({ path, suffix }) => {
    const watchFiles: string[] = []
    const context = { addWatchFile: (file: string) => void watchFiles.push(file) }
    const module = await load.handler.call(context, path + suffix)
    return module === null ? undefined : { contents: module.code, loader: 'js', watchFiles }
  })
}

function declareUrl(path: string, options: BuildOptions): string {
  const imports = [importFile('file', path, options)]
  let base = 'import.meta.url'
  if (needsScriptUrl(options)) {
    const isForNode = options.platform === 'node'
    base = isForNode ? "'file://' + __filename" : 'script'
    if (!isForNode) imports.push(importScriptUrl(base))
  }
  return `${imports.join('\n')}
const url = ${urlExpression('file', base)}`
}
