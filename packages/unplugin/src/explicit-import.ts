import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { explicitImportModule } from '@wasm-cos/core/setup'
import type { UnpluginOptions } from 'unplugin'

/** What the id of an explicit import begins with: no bundler looks for a file of such a name. */
const prefix = 'wasm-cos:'

/**
 * The hooks that make `import init from './x.wasm?cos'` work in bundlers for which wasm-cos has no adapter: the import is
 * resolved to an id that is no file, and that id is loaded as the text of a module.
 *
 * The adapters have hooks of their own around the same text. In esbuild and webpack, unplugin's hooks have no resolver
 * (`this.resolve` is undefined): `import 'lib/x.wasm?cos'`, where `lib` is an alias of the bundler's, would not be found. There
 * a loader runs once the bundler has resolved the file. In Rollup, Rolldown and Vite the bundler's hooks have one.
 *
 * @param urlImport What follows `import file from` for the file at an absolute path, so that the bundler emits it.
 * @param importerOf The absolute path of an importer, where unplugin gives another one.
 */
export function explicitImport(
  urlImport: (path: string) => string,
  importerOf: (importer: string) => string = String,
): Required<Pick<UnpluginOptions, 'resolveId' | 'load'>> {
  return {
    resolveId: {
      filter: { id: /\.wasm\?cos$/ },
      handler(source, importer = resolve('index.js')) {
        return prefix + pathOf(source.slice(0, -'?cos'.length), importerOf(importer))
      },
    },
    load: {
      filter: { id: /^wasm-cos:/ },
      async handler(id) {
        const path = id.slice(prefix.length)
        this.addWatchFile(path)
        const declaration = `import file from ${urlImport(path)}
const url = /* @__PURE__ */ String(/* @__PURE__ */ new URL(file, import.meta.url))`
        return explicitImportModule(await readFile(path), declaration)
      },
    },
  }
}

/** The file that a specifier stands for: relative to its importer, or in a package as Node finds it. */
function pathOf(specifier: string, importer: string): string {
  if (/^\.{0,2}\//.test(specifier)) return resolve(dirname(importer), specifier)
  return createRequire(importer).resolve(specifier)
}
