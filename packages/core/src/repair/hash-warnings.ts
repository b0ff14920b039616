import type { CandidateFile, ScriptFile, Warning } from '../output.ts'
import type { CheckedHash } from './check-hash.ts'

/**
 * What to tell of a hash that cannot be repaired.
 *
 * @param files Every wasm file of the build.
 */
export function hashWarnings({ fileName }: ScriptFile, hash: CheckedHash, files: CandidateFile[]): Warning[] {
  if (hash.status !== 'missing' && hash.status !== 'ambiguous') return []
  const shipped = hash.row && files.find((file) => file.hash.value === hash.value)
  const message =
    shipped === undefined
      ? `${fileName} carries ${inWords(hash)}. Ship the wasm file that it was built with, or build it anew.`
      : `${fileName} has code that was built with wasm-cos before and looks for ${hash.row!.fileName}, which ships as ` +
        `${shipped.fileName} here: it is downloaded. Build that code anew, or take a build of the dependency without wasm-cos.`
  return [{ code: 'stale-hash', message }]
}

function inWords({ by, row, status, value }: CheckedHash): string {
  const digits = `${value.slice(0, 12)}…`
  if (row !== undefined) {
    return status === 'missing'
      ? `the hash ${digits} of ${row.fileName}, which is not among the wasm files`
      : `the hash ${digits} of ${row.fileName}, which several folders of the output have, each with another content`
  }
  if (by === 'import')
    return `the hash ${digits} of an explicit import, whose file became several that differ`
  return status === 'missing'
    ? `Module['wasmHash'] ${digits}, which no wasm file has, and names none that it could stand for`
    : `Module['wasmHash'] ${digits}, which no wasm file has, and names several that it could stand for`
}
