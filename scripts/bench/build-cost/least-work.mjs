import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

// Plugins that do the least of what any plugin of this kind has to: they read the wasm files of an output and hash them,
// and, with a parser, parse the scripts that load any. They change nothing.

/** @typedef {(fileName: string, code: string) => unknown} Parse To a syntax tree. */

/**
 * The parser that ours uses. It is loaded while the bundler works, as ours is.
 *
 * @returns {Promise<Parse>}
 */
export async function loadParser() {
  const { parseSync } = await import('oxc-parser')
  return (fileName, code) => parseSync(fileName, code).program
}

/** @param {string | Uint8Array} bytes Of a file. */
function hash(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

/** @type {(name: string) => boolean} */
const isWasm = (name) => name.endsWith('.wasm')

/** @type {(parse: Parse, fileName: string, code: string) => void} */
function parseIfLoader(parse, fileName, code) {
  if (/\.m?js$/.test(fileName) && /WebAssembly|\.wasm/.test(code)) parse(fileName, code)
}

/**
 * For Rollup, Rolldown and Vite.
 *
 * @param {Promise<Parse>} [parser] None for a plugin that only hashes.
 */
export function rollupLeastWork(parser) {
  return {
    name: 'least-work',
    /**
     * @param {unknown} _ The options.
     * @param {Record<string, any>} bundle The files.
     */
    async generateBundle(_, bundle) {
      const parse = await parser
      for (const { fileName, source, code } of Object.values(bundle)) {
        if (isWasm(fileName)) hash(source)
        else if (parse !== undefined && code !== undefined) parseIfLoader(parse, fileName, code)
      }
    },
  }
}

/**
 * For webpack and Rspack.
 *
 * @param {Promise<Parse>} [parser] None for a plugin that only hashes.
 */
export function webpackLeastWork(parser) {
  return {
    /** @param {any} compiler The bundler. */
    apply(compiler) {
      compiler.hooks.thisCompilation.tap('least-work', (/** @type {any} */ compilation) => {
        compilation.hooks.processAssets.tapPromise({ name: 'least-work', stage: 450 }, async () => {
          const parse = await parser
          for (const { name, source } of compilation.getAssets()) {
            if (isWasm(name)) hash(source.buffer())
            else if (parse !== undefined) parseIfLoader(parse, name, String(source.source()))
          }
        })
      })
    },
  }
}

/**
 * For esbuild, which shows plugins its output only where it does not write it.
 *
 * @param {Promise<Parse>} [parser] None for a plugin that only hashes.
 * @returns {import('esbuild').Plugin}
 */
export function esbuildLeastWork(parser) {
  return {
    name: 'least-work',
    setup(build) {
      build.initialOptions.write = false
      build.onEnd(async ({ outputFiles = [] }) => {
        const parse = await parser
        for (const { path, contents } of outputFiles) {
          if (isWasm(path)) hash(contents)
          else if (parse !== undefined) parseIfLoader(parse, path, Buffer.from(contents).toString())
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
