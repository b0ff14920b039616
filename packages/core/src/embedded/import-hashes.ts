import { append } from '../append.ts'
import type { EmbeddedHash } from './embedded-hash.ts'

/**
 * What stands before the digits that an explicit import writes: `wasm-cos-hash:3f9a…`. A script takes it off when it
 * runs, so the hash is right where no build edits the module (a dev server), minifiers keep both together, and the same
 * digits elsewhere in the script are known to be the application's.
 */
const mark = 'wasm-cos-hash:'

/** An expression of JavaScript for the 64 digits, with the function that it calls; both can be dropped if unused. */
export function importHashExpression(digits: string): { declaration: string; expression: string } {
  return {
    declaration: `const digitsOf = (marked) => marked.slice(${mark.length})`,
    expression: `/* @__PURE__ */ digitsOf('${mark}${digits}')`,
  }
}

/** Whether a script carries the hash of an explicit import. */
export function hasImportHash(code: string): boolean {
  return code.includes(mark)
}

/** Finds the hashes of explicit imports, wherever the text of a script has them: a worker may stand in it as a string. */
export function findImportHashes(code: string): EmbeddedHash[] {
  const spans = new Map<string, EmbeddedHash['spans']>()
  for (const { 1: value = '', index } of code.matchAll(/wasm-cos-hash:([0-9a-f]{64})/g)) {
    const start = index + mark.length
    append(spans, value, { start, end: start + value.length })
  }
  return [...spans].map(([value, found]) => ({ by: 'import', value, spans: found, namesNear: [] }))
}
