import { readFile } from 'node:fs/promises'
import { explicitImportModule, explicitImportQuery } from '@wasm-cos/core/setup'
import type { BuildOptions, PluginBuild } from 'esbuild'
import { importFile, importScriptUrl, needsScriptUrl } from './emitted-files.ts'

/** Makes `import init from './x.wasm?cos'` work. esbuild resolves the file and keeps the query apart. */
export function bundleExplicitImports(build: PluginBuild): void {
  build.onLoad({ filter: /\.wasm$/ }, async ({ path, suffix }) => {
    if (suffix !== explicitImportQuery) return undefined
    const contents = explicitImportModule(await readFile(path), declareUrl(path, build.initialOptions))
    return { contents, loader: 'js', watchFiles: [path] }
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
const url = /* @__PURE__ */ String(/* @__PURE__ */ new URL(file, ${base}))`
}
