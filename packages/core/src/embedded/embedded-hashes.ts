import type { Program } from '@oxc-project/types'
import type { Origins } from '../output.ts'
import { findEmscriptenHashes } from './emscripten-hashes.ts'
import { findImportHashes, hasImportHash } from './import-hashes.ts'
import { collectLiterals, type Place } from './literals.ts'
import { findStubRows } from './stub-rows.ts'

export type { Place }

/** The hash of a wasm file that a script carries, and that is provably wasm-cos's own or Emscripten's. */
export interface EmbeddedHash {
  /**
   * Who wrote it: the table of a wasm-cos stub, an explicit import (`./x.wasm?cos`), or Emscripten's flag
   * `CROSS_ORIGIN_STORAGE`.
   */
  by: 'wasm-cos' | 'import' | 'emscripten'
  /** The 64 hexadecimal digits. */
  value: string
  /** Where these digits stand. */
  places: Place[]
  /** wasm-cos: the file, size and origins of the row, and the function that has it in its table. */
  row?: { fileName: string; size: number; sizePlace: Place; origins: Origins; stub: Place }
  /** Emscripten: the wasm files that are named near it: in the function around it, in the one around that, and so on. */
  namesNear: string[][]
}

/** Whether a script may carry hashes; the others need not be parsed. */
export function mayEmbedHashes(code: string): boolean {
  return (
    /wasmHash|wasmSHA256/.test(code) ||
    (code.includes('SHA-256') && /["'`][0-9a-f]{64}["'`]/.test(code)) ||
    hasImportHash(code)
  )
}

/**
 * Finds the hashes that a script carries, however it was minified since. What else looks like a hash is the
 * application's: a property `wasmHash`, a constant, a list of digests.
 */
export function findEmbeddedHashes(program: Program, code: string): EmbeddedHash[] {
  const literals = collectLiterals(program)
  const rows = findStubRows(literals)
  return [
    ...rows.map(({ hash }) => hash),
    ...findEmscriptenHashes(
      literals,
      rows.map(({ stub }) => stub),
    ),
    ...findImportHashes(code),
  ]
}
