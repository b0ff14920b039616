import type { Program } from '@oxc-project/types'
import type { EmbeddedHash } from './embedded-hash.ts'
import { findEmscriptenHashes } from './emscripten-hashes.ts'
import { findImportHashes, hasImportHash } from './import-hashes.ts'
import { collectLiterals } from './literals.ts'
import { findStubRows } from './stub-rows.ts'

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
 *
 * Rows of stubs are found before Emscripten's hashes: glue is recognised by its lookups, and those of a stub must not count.
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
