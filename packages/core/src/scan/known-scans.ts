import type { ScriptFile } from '../output.ts'
import type { Parser } from '../syntax/parser.ts'
import { type Names, RecordedNames } from './named-files.ts'
import { type ScannedScript, scanOutline, scanWhole } from './scan.ts'

/** What a scan depends on besides the script's code, and what it has found. */
interface KnownScan {
  file: ScriptFile
  names: RecordedNames
  script: ScannedScript
}

/** Scans by outline, by the script's code; the latest last. Trees of whole scripts are too large to be kept. */
const known = new Map<string, KnownScan>()
let knownLength = 0
/** How many characters of code are kept in a process. */
const mostLength = 2 ** 24

/**
 * Scans a script, or takes what an earlier build of this process has found: a watcher builds again and again, and most
 * scripts are what they were.
 *
 * @param names The emitted files, wasm and scripts.
 * @throws {SyntaxError} If it is not JavaScript.
 */
export function scanOnce(file: ScriptFile, names: Names, parser: Parser): ScannedScript {
  const earlier = known.get(file.code)
  if (earlier !== undefined) forget(file.code)
  if (earlier !== undefined && isFor(earlier, file, names)) {
    keep(earlier)
    return { ...earlier.script, file }
  }
  const recorded = new RecordedNames(names)
  const script = scanOutline(file, recorded, parser)
  if (script === undefined) return scanWhole(file, names, parser)
  keep({ file, names: recorded, script })
  return script
}

function isFor({ file: before, names: asked }: KnownScan, file: ScriptFile, names: Names): boolean {
  const circumstances = ({ fileName, format, refersTo, page }: ScriptFile): string =>
    JSON.stringify([fileName, format, refersTo, page])
  return circumstances(before) === circumstances(file) && asked.areAnsweredBy(names)
}

function keep(scan: KnownScan): void {
  const { code } = scan.file
  known.set(code, scan)
  knownLength += code.length
  for (const oldest of known.keys()) {
    if (knownLength <= mostLength) return
    forget(oldest)
  }
}

function forget(code: string): void {
  known.delete(code)
  knownLength -= code.length
}
