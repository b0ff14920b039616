import type { ScriptFile } from '../output.ts'
import { Recent } from '../memory/recent.ts'
import type { Parser } from '../syntax/parser.ts'
import { type Names, RecordedNames } from './named-files.ts'
import { scanOutline, scanWhole } from './scan.ts'
import type { ScannedScript } from './scanned-script.ts'

/** What a scan depends on, and what it has found. */
interface KnownScan {
  file: ScriptFile
  names: RecordedNames
  script: ScannedScript
}

/** Scans by outline, by the script's name. Trees of whole scripts are too large to be kept. */
const known = new Recent<string, KnownScan>()

/**
 * Finds out which files a script names, where it refers to the global `fetch`, and what else it does with wasm. A tree of
 * the script's outline does for nearly every script, and says the same. What an earlier build of this process has found is
 * taken from there.
 *
 * @param names The emitted files, wasm and scripts.
 * @throws {SyntaxError} If it is not JavaScript.
 */
export function scanOnce(file: ScriptFile, names: Names, parser: Parser): ScannedScript {
  const earlier = known.get(file.fileName)
  if (earlier !== undefined && isFor(earlier, file, names)) return { ...earlier.script, file }
  const recorded = new RecordedNames(names)
  const script = scanOutline(file, recorded, parser)
  if (script === undefined) return scanWhole(file, names, parser)
  known.set(file.fileName, { file, names: recorded, script }, file.code.length)
  return script
}

function isFor({ file: before, names: asked }: KnownScan, file: ScriptFile, names: Names): boolean {
  const circumstances = ({ format, refersTo, page }: ScriptFile): string =>
    JSON.stringify([format, refersTo, page])
  return (
    before.code === file.code && circumstances(before) === circumstances(file) && asked.areAnsweredBy(names)
  )
}
