import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

// Plugins that read the wasm files of an output and hash them, and nothing else: what no plugin of this kind can go below.

/** @param {string | Uint8Array} bytes Of a file. */
function hash(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

/** For Rollup, Rolldown and Vite. */
export const rollupHashOnly = {
  name: 'hash-only',
  /**
   * @param {unknown} _ The options.
   * @param {Record<string, any>} bundle The files.
   */
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) if (file.fileName.endsWith('.wasm')) hash(file.source)
  },
}

/** For webpack and Rspack. */
export const webpackHashOnly = {
  /** @param {any} compiler The bundler. */
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('hash-only', (/** @type {any} */ compilation) => {
      compilation.hooks.processAssets.tap('hash-only', () => {
        for (const { name, source } of compilation.getAssets())
          if (name.endsWith('.wasm')) hash(source.buffer())
      })
    })
  },
}

/** For esbuild, which shows plugins its output only where it does not write it. */
export const esbuildHashOnly = {
  name: 'hash-only',
  /** @param {import('esbuild').PluginBuild} build The bundler. */
  setup(build) {
    build.initialOptions.write = false
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, contents } of outputFiles) if (path.endsWith('.wasm')) hash(contents)
      await Promise.all(
        outputFiles.map(async ({ path, contents }) => {
          await mkdir(dirname(path), { recursive: true })
          await writeFile(path, contents)
        }),
      )
    })
  },
}
