import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A wasm file as npm ships it.
 *
 * @typedef {object} WasmModule
 * @property {string} name Of the package.
 * @property {string} path Of the file.
 * @property {string} fileName What it is called in an output.
 * @property {Buffer} bytes Its content.
 * @property {string} hash SHA-256, 64 hexadecimal digits.
 * @property {string | undefined} glue The script that calls it, where that runs in any page.
 */

/** @type {{ name: string, wasm: string, glue?: string }[]} */
const files = [
  { name: 'sql.js', wasm: 'sql.js/dist/sql-wasm.wasm', glue: 'sql.js/dist/sql-wasm.js' },
  {
    name: 'canvaskit-wasm',
    wasm: 'canvaskit-wasm/bin/canvaskit.wasm',
    glue: 'canvaskit-wasm/bin/canvaskit.js',
  },
  { name: 'onnxruntime-web', wasm: 'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm' },
  { name: 'esbuild-wasm', wasm: 'esbuild-wasm/esbuild.wasm' },
  {
    name: '@ffmpeg/core',
    wasm: '@ffmpeg/core/dist/umd/ffmpeg-core.wasm',
    glue: '@ffmpeg/core/dist/umd/ffmpeg-core.js',
  },
]

/** @type {WasmModule[]} The smallest first. */
export const modules = files.map(({ name, wasm, glue }) => {
  const path = inNodeModules(wasm)
  const bytes = readFileSync(path)
  return {
    name,
    path,
    fileName: basename(wasm),
    bytes,
    hash: createHash('sha256').update(bytes).digest('hex'),
    glue: glue === undefined ? undefined : inNodeModules(glue),
  }
})

/**
 * A file of a package that this one depends on.
 *
 * @param {string} path After `node_modules/`.
 */
export function inNodeModules(path) {
  return fileURLToPath(new URL(`node_modules/${path}`, import.meta.url))
}

/**
 * A size as people read it.
 *
 * @param {number} bytes How many.
 */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
}
