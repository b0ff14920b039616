import type { HashedFile, Origins, ScriptFile, Warning } from '../output.ts'
import { audienceInWords } from '../report/audience.ts'
import type { CheckedHash } from './check-hash.ts'

/**
 * Finds the files that scripts from an earlier run store for others than the options say now.
 *
 * @returns Who may read these files, by their names, and a warning for each such script.
 */
export function findEarlierOrigins(
  files: HashedFile[],
  checked: Iterable<[{ file: ScriptFile }, CheckedHash[]]>,
): { origins: Map<string, Origins>; warnings: Warning[] } {
  const origins = new Map<string, Origins>()
  const warnings: Warning[] = []
  for (const [script, hashes] of checked) {
    for (const { row, file } of hashes) {
      const wanted = files.find(({ fileName }) => fileName === file?.fileName)
      if (row === undefined || wanted === undefined || isSame(row.origins, wanted.origins)) continue
      origins.set(wanted.fileName, row.origins)
      warnings.push({
        code: 'instrumented-before',
        message:
          `${script.file.fileName} was instrumented before and stores ${wanted.fileName} for ${audienceInWords(row.origins)}, ` +
          `where the options say ${audienceInWords(wanted.origins)}. It was left as it is: build it anew to change that.`,
      })
    }
  }
  return { origins, warnings }
}

function isSame(one: Origins, other: Origins): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
