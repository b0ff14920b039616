import { hash } from 'node:crypto'
import { remember } from '../memory/remember.ts'
import { componentsOf } from './components.ts'
import { hashPositionOf } from './hash-in-name.ts'
import { contentHash } from './lookalike-hash.ts'
import { collectNames, type HashedName } from './hashed-names.ts'
import { type MentioningText, NameIndex, namesIn, withNames } from './mentions.ts'
import type { HashPosition } from '../output.ts'
import type { TextFile } from './text-file.ts'

/** The names that files get after edits. */
export interface Renaming {
  /** The new name of every file given whose name changes, by its old one. */
  fileNames: Map<string, string>
  /** The new text of every file given that mentions one of them, by its old name. */
  texts: Map<string, string>
  /** Puts the new names into any other text: a path, a manifest, a page. It keeps its length. */
  renameIn: (text: string) => string
}

/**
 * Gives edited files new names, where names carry a hash of the content: an edited file gets another hash, and so does
 * every file that mentions one that gets another, for that changes its content. Hashes keep their length and alphabet,
 * so that positions in source maps stay. The result depends on names and contents alone, neither on the order of the
 * files nor on the hashes that are replaced.
 *
 * **Chunks that mention each other.** The name of a file is a hash of its content, and that contains the names of files
 * whose content contains its name: a hash cannot be found that is a hash of itself. So the names of such a cycle are
 * replaced by zeros before anything is hashed, and each member is hashed together with all others. A name then changes
 * exactly if the content of any member does, apart from the names of the cycle, and these follow from that content. For
 * the same reason it does not matter what the hashes were before: to rename what was renamed changes nothing.
 *
 * @param files Every file of the output, the text being empty where it is none. What is named after another file
 * (`x.js.map`, `x.js.LEGAL.txt`) follows it.
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
  const names = collectNames(files, hashPositionOf, isJoined)
  const named = new Set(edited)
  if (!names.some((name) => isOfAny(name, named))) {
    return { fileNames: new Map(), texts: new Map(), renameIn: String }
  }
  const index = new NameIndex(names)
  const texts = new Map(files.map((file) => [file, index.read(file.text)]))
  const paths = new Map(files.map((file) => [file, index.read(file.fileName)]))
  const mentions = new Map(names.map((name) => [name, mentionsOf(name, texts)]))
  const changed = changedNames(names, mentions, named)

  const newNames = new Map<HashedName, string>()
  const taken = new Set(files.map(({ fileName }) => fileName))
  const next = (name: HashedName) => [...mentions.get(name)!].filter((mentioned) => changed.has(mentioned))
  // Those that mention nothing new come first, those that mention them later, cycles at once.
  for (const cycle of componentsOf(changed, next)) {
    nameCycle(cycle, newNames, taken, texts, paths)
  }

  const newNameOf = (name: HashedName) => newNames.get(name)
  const renameIn = (text: string) => (newNames.size === 0 ? text : withNames(index.read(text), newNameOf))
  return {
    fileNames: changesIn(paths, newNameOf),
    texts: changesIn(texts, newNameOf),
    renameIn,
  }
}

type Texts = ReadonlyMap<TextFile, MentioningText>

/** The names that the files of a name mention. */
function mentionsOf({ files }: HashedName, texts: Texts): Set<HashedName> {
  const mentioned = new Set<HashedName>()
  for (const file of files) for (const name of namesIn(texts.get(file)!)) mentioned.add(name)
  return mentioned
}

/** The names of the edited files, and of what mentions them, and so on. */
function changedNames(
  names: HashedName[],
  mentions: ReadonlyMap<HashedName, ReadonlySet<HashedName>>,
  edited: Set<string>,
): Set<HashedName> {
  const importers = new Map<HashedName, HashedName[]>(names.map((name) => [name, []]))
  for (const [importer, mentioned] of mentions)
    for (const name of mentioned) importers.get(name)!.push(importer)
  const changed = new Set(names.filter((name) => isOfAny(name, edited)))
  // A set grows while it is walked.
  for (const name of changed) for (const importer of importers.get(name)!) changed.add(importer)
  return changed
}

/** Whether one of these files has a name. */
function isOfAny({ files }: HashedName, fileNames: ReadonlySet<string>): boolean {
  return files.some(({ fileName }) => fileNames.has(fileName))
}

/** Adds the new names of a cycle of mentions, or of a single name. */
function nameCycle(
  cycle: HashedName[],
  newNames: Map<HashedName, string>,
  taken: Set<string>,
  texts: Texts,
  paths: Texts,
): void {
  const members = new Set(cycle)
  const neutralNameOf = (name: HashedName) =>
    members.has(name) ? withHash(name, (hash) => '\0'.repeat(hash.length)) : newNames.get(name)
  const digestOf = ({ files }: HashedName): string => {
    const neutral = files.map(
      (file) =>
        `${withNames(paths.get(file)!, neutralNameOf)}\n${digestOfText(withNames(texts.get(file)!, neutralNameOf))}`,
    )
    return neutral.toSorted().join()
  }
  const digests = new Map(cycle.map((name) => [name, digestOf(name)]))
  const ofCycle = [...digests.values()].toSorted().join()
  for (const name of cycle.toSorted((a, b) => (a.written < b.written ? -1 : 1)))
    newNames.set(name, freeName(name, `${digests.get(name)},${ofCycle}`, taken))
}

const digestOfText = remember((text) => hash('sha256', text))

/** How many hashes are tried until one looks like a hash, which most do. */
const mostAttempts = 100

/**
 * Different contents can share a short hash, and equal ones a name that is nothing but hash. Where a hash can be told by its looks, it
 * has to look like one: later runs know nothing else of it.
 */
function freeName(name: HashedName, digest: string, taken: Set<string>): string {
  const own = name.files.map(({ fileName }) => fileName)
  for (let attempt = 0; ; attempt++) {
    const written = withHash(name, (hash) => contentHash(`${digest},${attempt}`, hash))
    const fileNames = own.map((fileName) => fileName.replaceAll(name.written, () => written))
    if (fileNames.some((fileName) => taken.has(fileName) && !own.includes(fileName))) continue
    if (attempt < mostAttempts && !looksHashed(written) && isToldByLooks(name)) continue
    for (const fileName of fileNames) taken.add(fileName)
    return written
  }
}

/** Whether a hash can be told by its looks where it stands in a name. */
function isToldByLooks(name: HashedName): boolean {
  return looksHashed(withHash(name, (hash) => 'a1B2'.repeat(hash.length).slice(0, hash.length)))
}

function looksHashed(fileName: string): boolean {
  return hashPositionOf(fileName) !== undefined
}

function withHash({ written, hash: { start, end } }: HashedName, change: (hash: string) => string): string {
  return written.slice(0, start) + change(written.slice(start, end)) + written.slice(end)
}

/** Collects what changes with the new names, by the names of the files. */
function changesIn(texts: Texts, newNameOf: (name: HashedName) => string | undefined): Map<string, string> {
  const changes = new Map<string, string>()
  for (const [{ fileName }, before] of texts) {
    const after = withNames(before, newNameOf)
    if (after !== before.text) changes.set(fileName, after)
  }
  return changes
}
