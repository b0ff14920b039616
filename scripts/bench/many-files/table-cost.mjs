import { brotliCompressSync, gzipSync } from 'node:zlib'
import { applyChanges, loadParser, processOutput, resolveOptions } from '@wasm-cos/core'

const parser = await loadParser()

/** @typedef {import('./grammars.mjs').Grammar} Grammar */

/**
 * What the table adds to a chunk that loads grammars, in bytes.
 *
 * @param {Grammar[]} grammars All that there are.
 * @param {number[]} counts How many of them are in the build.
 */
export function tableCost(grammars, counts) {
  const bare = sizesOf(grammars.slice(0, 1))
  return counts.map((count) => {
    const sizes = sizesOf(grammars.slice(0, count))
    return {
      count,
      ...sizes,
      perFile: {
        minified: (sizes.minified - bare.minified) / (count - 1),
        gzip: (sizes.gzip - bare.gzip) / (count - 1),
        brotli: (sizes.brotli - bare.brotli) / (count - 1),
      },
    }
  })
}

/** @param {Grammar[]} grammars Those of one build; the chunk names them all, as an application's table does. */
function sizesOf(grammars) {
  const urls = JSON.stringify(grammars.map(({ fileName }) => `/${fileName}`))
  const code = `const urls=${urls};export const load=i=>WebAssembly.compileStreaming(fetch(urls[i]));\n`
  const { edits } = processOutput(
    [
      ...grammars.map(({ fileName, bytes }) => {
        const path = `/app/node_modules/tree-sitter-wasms/out/${fileName}`
        return { type: /** @type {const} */ ('wasm'), fileName, bytes, sources: [{ path, bytes }] }
      }),
      { type: 'script', fileName: 'assets/main.js', code, format: 'module' },
    ],
    { options: resolveOptions({}), parser },
  )
  const edited = applyChanges(code, edits[0]?.changes ?? [])
  return {
    minified: edited.length - code.length,
    gzip: gzipSync(edited, { level: 9 }).length - gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(edited).length - brotliCompressSync(code).length,
  }
}
