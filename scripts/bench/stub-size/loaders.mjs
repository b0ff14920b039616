import { readFile } from 'node:fs/promises'
import { stub, stubWithIntegrity } from '@wasm-cos/runtime/stub'
import { minify } from 'terser'
import { viteInit, webpackRuntime } from './bundled-loaders.mjs'

/**
 * Code that loads wasm.
 *
 * @typedef {object} Loader
 * @property {string} name Whose it is.
 * @property {'ours' | 'other'} kind Ours stand out.
 * @property {() => Promise<string>} read Its minified text.
 */

/** @type {Loader[]} */
export const loaders = [
  { name: 'wasm-cos', kind: 'ours', read: async () => stub },
  { name: 'wasm-cos, integrity', kind: 'ours', read: async () => stubWithIntegrity },
  { name: "Emscripten's flag", kind: 'other', read: emscripten },
  { name: "Vite's ?init", kind: 'other', read: viteInit },
  { name: "webpack's runtime", kind: 'other', read: webpackRuntime },
]

/** The loader of `../browser`, written after Emscripten's manual. */
async function emscripten() {
  const code = await readFile(new URL('../browser/loaders.js', import.meta.url), 'utf8')
  const start = code.indexOf('export function loadAsEmscripten')
  if (start === -1) throw new Error('loaders.js has no loadAsEmscripten')
  const { code: minified } = await minify(code.slice(start).replaceAll('export ', ''), {
    module: true,
    compress: { unused: false },
  })
  return minified ?? ''
}
