import { createHash } from 'node:crypto'
import { componentsOf } from './components.ts'
import { contentHash } from './content-hash.ts'

/** A text file of a build's output. */
export interface TextFile {
  /** Path within the output, with forward slashes. */
  fileName: string
  text: string
}

/** Where the content hash stands in a file name, as `String.prototype.slice` counts. */
export interface HashPosition {
  start: number
  end: number
}

/** What files are called once their names are true again. */
export interface Renaming {
  /** The new name of every file given whose name changes, by its old one. */
  fileNames: Map<string, string>
  /** The new text of every file given that mentions one of them, by its old name. */
  texts: Map<string, string>
  /** Puts the new names into any other text: a path, a manifest, a page. It keeps its length. */
  renameIn: (text: string) => string
}

/**
 * The part of a name around its hash that is written alike in a URL, in JSON and in a string literal. Files of
 * different folders whose names agree in it have the same hash, and get the same new one.
 */
interface HashedName {
  written: string
  hash: HashPosition
  files: TextFile[]
  mentions: Set<HashedName>
}

/**
 * Makes names with a content hash true after edits: an edited file gets a new hash, and so does every file that
 * mentions one that gets a new hash, for that changes its content. Hashes keep their length and alphabet, so that
 * source maps stay true. The result depends on names and contents alone, neither on the order of the files nor on
 * the hashes that are replaced.
 *
 * @param files Every text file of the output. What is named after another file (`x.js.map`, `x.js.LEGAL.txt`) follows it.
 * @param edited Names of the files whose content has changed since they were named.
 * @param hashPositionOf Where a file's name carries a hash of its content; undefined if it does not.
 * @param isJoined Whether a hash is put into names at run time, as webpack does: it is replaced wherever it stands.
 */
export function renameEdited(
  files: TextFile[],
  edited: Iterable<string>,
  hashPositionOf: (fileName: string) => HashPosition | undefined,
  isJoined: (hash: string) => boolean = () => false,
): Renaming {
  const names = collectNames(files, new Set(edited), hashPositionOf, isJoined)
  const newNames = new Map<string, string>()
  const taken = new Set(files.map(({ fileName }) => fileName))
  // Those that mention nothing new come first, those that mention them later, cycles at once.
  for (const cycle of componentsOf(names, ({ mentions }) => mentions)) {
    for (const [name, written] of nameAnew(cycle, newNames, taken)) newNames.set(name.written, written)
  }
  return apply(files, (text) => renameInText(text, newNames))
}

/** The names that have to change: those of the edited files, and of what mentions them, and so on. */
function collectNames(
  files: TextFile[],
  edited: Set<string>,
  hashPositionOf: (fileName: string) => HashPosition | undefined,
  isJoined: (hash: string) => boolean,
): HashedName[] {
  const fileNames = new Set(files.map(({ fileName }) => fileName))
  const owned = files.filter(({ fileName }) => !isNamedAfterAnother(fileName, fileNames))
  const byFile = new Map<TextFile, HashedName>()
  const byWritten = new Map<string, HashedName>()
  for (const file of owned) {
    const position = hashPositionOf(file.fileName)
    if (position === undefined) continue
    const { written, hash } = writtenPart(file.fileName, position, isJoined)
    const name = byWritten.get(written) ?? { written, hash, files: [], mentions: new Set() }
    name.files.push(file)
    byWritten.set(written, name)
    byFile.set(file, name)
  }
  const changed = new Set(
    owned.filter(({ fileName }) => edited.has(fileName)).flatMap((file) => byFile.get(file) ?? []),
  )
  // A set grows while it is walked.
  for (const name of changed) {
    for (const file of owned) {
      const importer = byFile.get(file)
      if (importer === undefined || !file.text.includes(name.written)) continue
      importer.mentions.add(name)
      changed.add(importer)
    }
  }
  return [...changed]
}

function isNamedAfterAnother(fileName: string, fileNames: Set<string>): boolean {
  return [...fileName.matchAll(/\./g)].some(({ index }) => fileNames.has(fileName.slice(0, index)))
}

function writtenPart(
  fileName: string,
  { start, end }: HashPosition,
  isJoined: (hash: string) => boolean,
): { written: string; hash: HashPosition } {
  const hash = fileName.slice(start, end)
  if (isJoined(hash)) return { written: hash, hash: { start: 0, end: hash.length } }
  const before = /[\w.-]*$/.exec(fileName.slice(0, start))![0]
  const after = /^[\w.-]*/.exec(fileName.slice(end))![0]
  return {
    written: before + hash + after,
    hash: { start: before.length, end: before.length + end - start },
  }
}

/** The new names of files that mention each other, or of a single file. */
function nameAnew(
  cycle: HashedName[],
  newNames: Map<string, string>,
  taken: Set<string>,
): Map<HashedName, string> {
  const neutral = new Map([
    ...newNames,
    ...cycle.map((name) => [name.written, withHash(name, (hash) => '\0'.repeat(hash.length))] as const),
  ])
  const digests = new Map(cycle.map((name) => [name, digestOf(name, neutral)]))
  const ofCycle = [...digests.values()].toSorted().join()
  const sorted = cycle.toSorted((a, b) => (a.written < b.written ? -1 : 1))
  return new Map(sorted.map((name) => [name, freeName(name, `${digests.get(name)},${ofCycle}`, taken)]))
}

function digestOf({ files }: HashedName, neutral: Map<string, string>): string {
  const texts = files.map(({ fileName, text }) => renameInText(`${fileName}\n${text}`, neutral))
  return createHash('sha256').update(JSON.stringify(texts.toSorted())).digest('hex')
}

/** Different contents can share a short hash, and equal ones a name that is nothing but hash. */
function freeName(name: HashedName, digest: string, taken: Set<string>): string {
  for (let attempt = 0; ; attempt++) {
    const written = withHash(name, (hash) => contentHash(`${digest},${attempt}`, hash))
    const own = name.files.map(({ fileName }) => fileName)
    const fileNames = own.map((fileName) => fileName.replaceAll(name.written, () => written))
    if (fileNames.some((fileName) => taken.has(fileName) && !own.includes(fileName))) continue
    for (const fileName of fileNames) taken.add(fileName)
    return written
  }
}

function withHash({ written, hash: { start, end } }: HashedName, change: (hash: string) => string): string {
  return written.slice(0, start) + change(written.slice(start, end)) + written.slice(end)
}

const inlineMap = /(sourceMappingURL=data:application\/json;(?:charset=[^;,]+;)?base64,)([\w+/=]+)/g

function renameInText(text: string, newNames: Map<string, string>): string {
  if (newNames.size === 0) return text
  let renamed = text
  for (const [from, to] of newNames) renamed = renamed.replaceAll(from, () => to)
  return renamed.replace(inlineMap, (comment, start: string, base64: string) => {
    const map = Buffer.from(base64, 'base64').toString()
    const renamedMap = renameInText(map, newNames)
    return renamedMap === map ? comment : start + Buffer.from(renamedMap).toString('base64')
  })
}

function apply(files: TextFile[], renameIn: (text: string) => string): Renaming {
  const changes = (of: (file: TextFile) => string): Map<string, string> =>
    new Map(
      files.flatMap((file): [string, string][] => {
        const before = of(file)
        const after = renameIn(before)
        return after === before ? [] : [[file.fileName, after]]
      }),
    )
  return { fileNames: changes(({ fileName }) => fileName), texts: changes(({ text }) => text), renameIn }
}
