import { type EmbeddedHash, findEmbeddedHashes } from '../embedded/embedded-hashes.ts'
import { mayEmbedHashes } from '../embedded/hash-literals.ts'
import { parse } from '../syntax/parse.ts'
import { FileNames, isPathEnd } from '../scan/names.ts'
import type { Change, Content, ScriptFile, SourceFile, MeasuredSourceFile, Warning } from '../output.ts'
import { contentOf } from '../hash/content.ts'
import type { Parser } from '../syntax/parser.ts'

/** A wasm file that an embedded hash can stand for. */
export interface KnownFile extends Content {
  fileName: string
  sources: (SourceFile | MeasuredSourceFile)[]
}

/** An embedded hash held against the files. */
export interface CheckedHash<File extends KnownFile = KnownFile> extends EmbeddedHash {
  /**
   * `true`: the file has this hash (and size). `stale`: it has another. `missing`: there is no such file.
   * `ambiguous`: it has none of the hashes there are, and may stand for several files.
   */
  status: 'true' | 'stale' | 'missing' | 'ambiguous'
  /** The file it stands for. */
  file?: File
}

/**
 * Finds out which file a hash stands for, and whether it is true. A row of ours says so itself. For Emscripten's it is
 * the file, or the file made from a source, that has this hash, else the only wasm file named nearby.
 *
 * @param refersTo Emitted files that the script refers to by the bundler's records.
 */
export function checkHash<File extends KnownFile>(
  embedded: EmbeddedHash,
  files: File[],
  refersTo: Iterable<string> = [],
): CheckedHash<File> {
  const candidates =
    embedded.row === undefined ? standsFor(embedded, files, refersTo) : ofRow(embedded.row.fileName, files)
  const [file] = candidates
  if (file === undefined) return { ...embedded, status: 'missing' }
  if (candidates.length > 1) return { ...embedded, status: 'ambiguous' }
  const { row, value } = embedded
  const isTrue = file.hash.value === value && (row === undefined || row.size === file.size)
  return { ...embedded, status: isTrue ? 'true' : 'stale', file }
}

/**
 * Finds the hashes that a script carries and holds each against the files.
 *
 * @throws {SyntaxError} If it is not JavaScript.
 */
export function checkHashes<File extends KnownFile>(
  script: ScriptFile,
  files: File[],
  parser: Parser,
): CheckedHash<File>[] {
  if (!mayEmbedHashes(script.code)) return []
  return findEmbeddedHashes(parse(script, parser).program).map((embedded) =>
    checkHash(embedded, files, script.refersTo),
  )
}

/** Writes the hash of the file where a stale one stands. */
export function repairHash({ status, file, places, row }: CheckedHash): Change[] {
  if (status !== 'stale' || file === undefined) return []
  const changes = places.map((place): Change => ({ ...place, text: file.hash.value }))
  return row === undefined ? changes : [...changes, { ...row.sizePlace, text: String(file.size) }]
}

/** What to tell of a hash that cannot be repaired. */
export function warnOfHash({ fileName }: ScriptFile, { row, status, value }: CheckedHash): Warning[] {
  if (status !== 'missing' && status !== 'ambiguous') return []
  const digits = `${value.slice(0, 12)}…`
  const what =
    row !== undefined
      ? `the hash ${digits} of ${row.fileName}, which is not among the wasm files`
      : status === 'missing'
        ? `Module['wasmHash'] ${digits}, which no wasm file has, and names none that it could stand for`
        : `Module['wasmHash'] ${digits}, which no wasm file has, and names several that it could stand for`
  return [
    {
      code: 'stale-hash',
      message: `${fileName} carries ${what}. Ship the wasm file that it was built with, or build it anew.`,
    },
  ]
}

function ofRow<File extends KnownFile>(name: string, files: File[]): File[] {
  const exact = files.filter(({ fileName }) => fileName === name)
  if (exact.length > 0) return exact
  return files.filter(({ fileName }) => isPathEnd(fileName, name) || isPathEnd(name, fileName))
}

function standsFor<File extends KnownFile>(
  embedded: EmbeddedHash,
  files: File[],
  refersTo: Iterable<string>,
): File[] {
  const { value } = embedded
  const same = files.filter(({ hash }) => hash.value === value)
  if (same.length > 0) return (namedNear(embedded, same, refersTo) ?? same).slice(0, 1)
  const made = files.filter(({ sources }) => sources.some((source) => contentOf(source).hash.value === value))
  if (made.length > 0) return made
  return namedNear(embedded, files, refersTo) ?? []
}

/** Those of the files that are named nearest, if any is. */
function namedNear<File extends KnownFile>(
  { namesNear }: EmbeddedHash,
  files: File[],
  refersTo: Iterable<string>,
): File[] | undefined {
  const names = new FileNames(files.map(({ fileName }) => fileName))
  return [...namesNear, [...refersTo]]
    .map((level) => {
      const named = new Set(level.flatMap((name) => names.namedBy(name)))
      return files.filter((file) => named.has(file.fileName) || level.some((name) => isMadeFrom(file, name)))
    })
    .find((found) => found.length > 0)
}

/** Whether a file was made from one of this name: glue goes on naming what the bundler gave a hashed name. */
function isMadeFrom({ sources }: KnownFile, name: string): boolean {
  return sources.some(({ path }) => isPathEnd(name.replace(/^\.\//, ''), path.replaceAll('\\', '/')))
}
