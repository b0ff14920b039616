import { posix } from 'node:path'
import type { EmbeddedHash } from '../embedded/embedded-hash.ts'
import { findEmbeddedHashes, mayEmbedHashes } from '../embedded/embedded-hashes.ts'
import { contentIdOf } from '../hash/content-id.ts'
import type { CandidateFile, ScriptFile } from '../output.ts'
import { FileNames, isPathEnd } from '../scan/named-files.ts'
import { parse } from '../syntax/parse.ts'
import type { Parser } from '../syntax/parser.ts'

/** The script that carries a hash: its name, and the emitted files that it refers to. */
interface Script {
  fileName: string
  refersTo?: Iterable<string>
}

/** An embedded hash, compared with the files. */
export interface CheckedHash<File extends CandidateFile = CandidateFile> extends EmbeddedHash {
  /**
   * `true`: the file has this hash (and size). `stale`: it has another. `missing`: there is no such file.
   * `ambiguous`: it has none of the hashes there are, and may stand for several files.
   */
  status: 'true' | 'stale' | 'missing' | 'ambiguous'
  /** The file it stands for. */
  file?: File
}

/**
 * Finds the hashes that a script carries and compares each with the files.
 *
 * @throws {SyntaxError} If it is not JavaScript.
 */
export function checkHashes<File extends CandidateFile>(
  script: ScriptFile,
  files: File[],
  parser: Parser,
): CheckedHash<File>[] {
  if (!mayEmbedHashes(script.code)) return []
  return checkEmbedded(findEmbeddedHashes(parse(script, parser).program, script.code), files, script)
}

/**
 * Compares the hashes of a script with the files. That of an explicit import whose file nobody emits is left out: the
 * script may want nothing but the hash.
 */
export function checkEmbedded<File extends CandidateFile>(
  hashes: EmbeddedHash[],
  files: File[],
  script: Script,
): CheckedHash<File>[] {
  return hashes
    .map((hash) => checkHash(hash, files, script))
    .filter(({ by, status }) => by !== 'import' || status !== 'missing')
}

/**
 * Finds out which file a hash stands for, and whether it is true. A row of a stub names its file. The hash of an explicit
 * import stands for the file that has it, or was made from a source that has it. Emscripten's does too, else for the only
 * wasm file named nearby.
 */
function checkHash<File extends CandidateFile>(
  embedded: EmbeddedHash,
  files: File[],
  script: Script,
): CheckedHash<File> {
  const { row, value } = embedded
  const candidates = candidatesFor(embedded, files, script)
  const [file] = candidates
  if (file === undefined) return { ...embedded, status: 'missing' }
  if (new Set(candidates.map(({ hash }) => hash.value)).size > 1) return { ...embedded, status: 'ambiguous' }
  const isTrue = file.hash.value === value && (row === undefined || row.size === file.size)
  return { ...embedded, status: isTrue ? 'true' : 'stale', file }
}

function candidatesFor<File extends CandidateFile>(
  embedded: EmbeddedHash,
  files: File[],
  { fileName, refersTo = [] }: Script,
): File[] {
  const { row, value } = embedded
  if (row !== undefined) return filesOfRow(row.fileName, fileName, files)
  const same = files.filter(({ hash }) => hash.value === value)
  if (same.length > 0) return (namedNear(embedded, same, refersTo) ?? same).slice(0, 1)
  const made = files.filter(({ sources }) =>
    sources.some((source) => contentIdOf(source).hash.value === value),
  )
  return made.length > 0 ? made : (namedNear(embedded, files, refersTo) ?? [])
}

/**
 * The file of a row: the one at that path in the output. A folder may hold several outputs, or one below its root: then
 * the path starts at a folder that the script is in.
 */
function filesOfRow<File extends CandidateFile>(path: string, script: string, files: File[]): File[] {
  const exact = files.filter(({ fileName }) => fileName === path)
  if (exact.length > 0) return exact
  const roots = [posix.dirname(script)]
  while (roots.at(-1) !== '.') roots.push(posix.dirname(roots.at(-1)!))
  return roots.flatMap((root) => files.filter(({ fileName }) => fileName === posix.join(root, path)))
}

/** The files that are named nearest to a hash, if any is. */
function namedNear<File extends CandidateFile>(
  { namesNear }: EmbeddedHash,
  files: File[],
  refersTo: Iterable<string>,
): File[] | undefined {
  if (namesNear.length === 0) return undefined
  const names = new FileNames(files.map(({ fileName }) => fileName))
  return [...namesNear, [...refersTo]]
    .map((level) => {
      const named = new Set(level.flatMap((name) => names.namedBy(name)))
      return files.filter((file) => named.has(file.fileName) || level.some((name) => isMadeFrom(file, name)))
    })
    .find((found) => found.length > 0)
}

/** Whether a file was made from one of this name: glue goes on naming what the bundler gave a hashed name. */
function isMadeFrom({ sources }: CandidateFile, name: string): boolean {
  return sources.some(({ path }) => isPathEnd(name.replace(/^\.\//, ''), path.replaceAll('\\', '/')))
}
