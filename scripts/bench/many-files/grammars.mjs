import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { inNodeModules } from '../modules.mjs'

/** @typedef {{ fileName: string, bytes: Buffer, hash: string }} Grammar */

/**
 * As many grammars of tree-sitter as wanted: those of less than 500 kB that npm has, again and again, each with a
 * custom section that makes it differ from the others.
 *
 * @param {number} count How many.
 * @returns {Grammar[]} All different.
 * @see https://webassembly.github.io/spec/core/binary/modules.html#custom-section
 */
export function makeGrammars(count) {
  const folder = inNodeModules('tree-sitter-wasms/out/')
  const originals = readdirSync(folder)
    .map((name) => ({ name, bytes: readFileSync(folder + name) }))
    .filter(({ bytes }) => bytes.length < 500_000)
  return Array.from({ length: count }, (_, index) => {
    const { name, bytes } = /** @type {typeof originals[number]} */ (originals[index % originals.length])
    const content = Buffer.from(`\x05bench${String(index).padStart(4, '0')}`)
    const section = Buffer.concat([Buffer.from([0, content.length]), content])
    const numbered = Buffer.concat([bytes, section])
    const hash = createHash('sha256').update(numbered).digest('hex')
    return { fileName: `assets/${name.replace('.wasm', '')}-${hash.slice(0, 8)}.wasm`, bytes: numbered, hash }
  })
}
