import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

// Plugins that do the least of what any plugin of this kind has to: they read the wasm files of an output and hash them,
// and, with a parser, parse the scripts that load any. They change nothing.

/** @typedef {(code: string) => unknown} Parser The parser that ours uses. It is loaded while the bundler works, as ours is. */

async function loadParser() {
  const { parseSync } = await import('oxc-parser')
  return (/** @type {string} */ code) => parseSync('chunk.js', code).program
}

/** @param {string | Uint8Array} bytes Of a file. */
function hash(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

/** @type {(name: string) => boolean} */
const isWasm = (name) => name.endsWith('.wasm')

/** @type {(parser: Parser, fileName: string, code: string) => void} */
function parseIfLoader(parser, fileName, code) {
  if (/\.m?js$/.test(fileName) && /WebAssembly|\.wasm/.test(code)) parser(code)
}

/**
 * For Rollup, Rolldown and Vite.
 *
 * @param {boolean} parses Whether it also parses.
 */
export function rollupLeastWork(parses) {
  /** @type {Parser | Promise<Parser> | undefined} */
  let loading
  return {
    name: 'least-work',
    /** @this {{ meta: object, parse: Parser }} */
    buildStart() {
      // Rolldown has the same parser.
      if (parses) loading = 'rolldownVersion' in this.meta ? this.parse : loadParser()
    },
    /**
     * @param {unknown} _ The options.
     * @param {Record<string, any>} bundle The files.
     */
    async generateBundle(_, bundle) {
      const parser = await loading
      for (const { fileName, source, code } of Object.values(bundle)) {
        if (isWasm(fileName)) hash(source)
        else if (parser !== undefined && code !== undefined) parseIfLoader(parser, fileName, code)
      }
    },
  }
}

/**
 * For webpack and Rspack.
 *
 * @param {boolean} parses Whether it also parses.
 */
export function webpackLeastWork(parses) {
  const loading = parses ? loadParser() : undefined
  return {
    /** @param {any} compiler The bundler. */
    apply(compiler) {
      compiler.hooks.thisCompilation.tap('least-work', (/** @type {any} */ compilation) => {
        compilation.hooks.processAssets.tapPromise({ name: 'least-work', stage: 450 }, async () => {
          const parser = await loading
          for (const { name, source } of compilation.getAssets()) {
            if (isWasm(name)) hash(source.buffer())
            else if (parser !== undefined) parseIfLoader(parser, name, String(source.source()))
          }
        })
      })
    },
  }
}

/**
 * For esbuild, which shows plugins its output only where it does not write it.
 *
 * @param {boolean} parses Whether it also parses.
 * @returns {import('esbuild').Plugin}
 */
export function esbuildLeastWork(parses) {
  const loading = parses ? loadParser() : undefined
  return {
    name: 'least-work',
    setup(build) {
      build.initialOptions.write = false
      build.onEnd(async ({ outputFiles = [] }) => {
        const parser = await loading
        for (const { path, contents } of outputFiles) {
          if (isWasm(path)) hash(contents)
          else if (parser !== undefined) parseIfLoader(parser, path, Buffer.from(contents).toString())
        }
        await Promise.all(
          outputFiles.map(async ({ path, contents }) => {
            await mkdir(dirname(path), { recursive: true })
            await writeFile(path, contents)
          }),
        )
      })
    },
  }
}
