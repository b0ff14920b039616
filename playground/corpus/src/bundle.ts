import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyChanges, loadParser, processOutput, resolveOptions } from '@wasm-cos/core'
import { makeWasm } from '@wasm-cos/harness'

/** A file of a package as browsers load it. */
export interface Bundle {
  /** The package, and its file. */
  from: [name: string, file: string]
  type: 'script' | 'module'
  /** Files of other packages that the page loads first. */
  after?: [name: string, file: string][]
  /** The body of an async function that uses it; a module's exports are `exports`. It returns what can be compared. */
  use?: string
}

/** A bundle's text, as it is and with the edit. */
export interface Versions {
  plain: string
  edited: string
  warnings: string[]
}

export const wasm: Buffer = makeWasm(42)

/** What forces the edit upon bundles that do not load wasm: the page calls it. */
const loader = `\n;globalThis.loadCorpusWasm = () => WebAssembly.instantiateStreaming(fetch('corpus.wasm'));\n`

const parser = await loadParser()

/** Where a package's folder is: below this one, since a package may not export its files. */
export function folderOf(name: string): string {
  return join(import.meta.dirname, '../node_modules', name)
}

/** Reads a bundle, and edits it as a build does that ships it beside a wasm file. */
export function readBundle({ from: [name, file], type }: Bundle): Versions {
  const plain = readFileSync(join(folderOf(name), file), 'utf8') + loader
  const { edits, warnings } = processOutput(
    [
      { type: 'wasm', fileName: 'corpus.wasm', bytes: wasm, sources: [] },
      { type: 'script', fileName: file, code: plain, format: type },
    ],
    { options: resolveOptions(), parser },
  )
  const edited = edits.reduce((text, { changes }) => applyChanges(text, changes), plain)
  return { plain, edited, warnings: warnings.map(({ message }) => message) }
}
