import {
  canCompress,
  CarriedDigests,
  compress,
  type DigestKind,
  followDigests,
  type Mention,
  Texts,
} from '@wasm-cos/core'
import { type RenamedFiles, renameFiles } from './names.ts'
import { hashesInNames } from './names/hashes-in-names.ts'
import type { Folder } from './read.ts'
import { compressedCopies } from './read/compressed-copies.ts'
import { findPrecacheRevisions } from './read/precache-revisions.ts'
import { findObstacles } from './write/find-obstacles.ts'
import type { Flag, Obstacle } from './write/obstacle.ts'
import { applyChangesTo, type Changes } from './write/transaction.ts'

/** What else of the folder a command may change so that it fits the edited files. */
export interface RewriteOptions {
  /** Bring integrity attributes, import maps and policies up to date. */
  updateIntegrity: boolean
  /** Bring revisions in the precache lists of service workers up to date. */
  updateRevisions: boolean
  /** Compress `.gz` and `.br` files anew. */
  recompress: boolean
  /** Give files with a content hash in their name a new one. */
  rename: boolean
  /** Leave all of these as they are. */
  force: boolean
}

/** What a command changes in a folder, or why it does not. */
export interface Rewrite {
  /** New contents by name within the folder. */
  changes: Changes
  obstacles: Obstacle[]
  /** New names, by the old ones. */
  renamed: Map<string, string>
}

/** All of these allowed. */
export const everything: RewriteOptions = {
  updateIntegrity: true,
  updateRevisions: true,
  recompress: true,
  rename: true,
  force: false,
}

/**
 * Works out all that follows from edited texts: new names, digests in other files, compressed copies. Obstacles are found
 * all at once, also those that appear only when another one is mended: the integrity of a page that names a renamed file.
 *
 * @param edited New texts of files of the folder, by name.
 * @param hashes The hashes in names that the folder's bundler has told, by name.
 */
export async function planRewrite(
  folder: Folder,
  edited: Map<string, string>,
  options: RewriteOptions,
  hashes?: ReadonlyMap<string, string>,
): Promise<Rewrite> {
  if (options.force) {
    const plan = await planWith(folder, edited, options, hashes)
    return { ...plan, obstacles: plan.obstacles.filter(({ kind }) => kind === 'server') }
  }
  const plan = await planWith(folder, edited, everything, hashes)
  const given = new Set(flagsOf(options))
  return { ...plan, obstacles: plan.obstacles.filter(({ flag }) => flag === undefined || !given.has(flag)) }
}

function flagsOf({ updateIntegrity, updateRevisions, recompress, rename }: RewriteOptions): Flag[] {
  const flags: [Flag, boolean][] = [
    ['--update-integrity', updateIntegrity],
    ['--update-revisions', updateRevisions],
    ['--recompress', recompress],
    ['--rename', rename],
  ]
  return flags.flatMap(([flag, isGiven]) => (isGiven ? [flag] : []))
}

/** Plans with the options as they are; the obstacles are those that these options mend, and those that none mends. */
async function planWith(
  folder: Folder,
  edited: Map<string, string>,
  options: RewriteOptions,
  hashes?: ReadonlyMap<string, string>,
): Promise<Rewrite> {
  const hashPositionOf = hashesInNames(folder.fileNames, folder.texts, hashes)
  const kinds = digestKindsOf(options)
  const carried = new CarriedDigests()
  // What carries a digest of an edited file changes, and so must its own name.
  const followed = new Map(edited)
  const mentions = followInFolder(folder.texts, followed, kinds, carried)
  const files = options.rename ? renameFiles(folder, followed, hashPositionOf) : withOldNames(followed)
  const precached = findPrecacheRevisions(folder.texts, [...files.texts.keys()])
  // What mentions a new name has changed again.
  mentions.push(...followInFolder(new Map([...folder.texts, ...followed]), files.texts, kinds, carried))
  const plan = { ...files, hashPositionOf, mentions, precached }
  return {
    changes: changesOf(folder, files, options),
    obstacles: await findObstacles(folder, plan, options.force),
    renamed: files.renamed,
  }
}

function digestKindsOf({ updateIntegrity, updateRevisions }: RewriteOptions): Set<DigestKind> {
  const kinds = new Set<DigestKind>()
  if (updateIntegrity) kinds.add('integrity')
  if (updateRevisions) kinds.add('revision')
  return kinds
}

function withOldNames(texts: Map<string, string>): RenamedFiles {
  return { texts: new Map(texts), renamed: new Map(), kept: new Map() }
}

/**
 * Brings digests up to date, see {@link followDigests}.
 *
 * @param before The texts of which there are digests, by name.
 * @param edited New texts; gains those of the files that carry a digest of one.
 * @param carried What earlier calls have found.
 */
function followInFolder(
  before: Map<string, string>,
  edited: Map<string, string>,
  kinds: ReadonlySet<DigestKind>,
  carried: CarriedDigests,
): Mention[] {
  const texts = new Texts(before, {
    fileNames: () => before.keys(),
    contentOf: (name) => before.get(name),
  })
  const changed = new Map<string, string>()
  for (const [name, text] of edited) {
    texts.change(name, text)
    const original = before.get(name)
    if (original !== undefined && original !== text) changed.set(name, original)
  }
  const mentions = followDigests(texts, changed, kinds, carried)
  for (const [name, text] of texts.changed) edited.set(name, text)
  return mentions
}

/** What is written and removed: the new texts, and their compressed copies as far as these are made anew. */
function changesOf(
  folder: Folder,
  { texts, renamed }: RenamedFiles,
  { recompress }: RewriteOptions,
): Changes {
  const fileNames = new Set(folder.fileNames)
  const writes: Changes['writes'] = new Map()
  const unmentioned = new Set(renamed.values())
  const removals = [...renamed.keys()]
  for (const [name, text] of texts) {
    const newName = renamed.get(name) ?? name
    writes.set(newName, text)
    for (const compressed of compressedCopies(name, fileNames)) {
      if (!recompress || !canCompress(compressed)) continue
      const newCopy = newName + compressed.slice(name.length)
      writes.set(newCopy, compress(compressed, text)!)
      if (newName === name) continue
      unmentioned.add(newCopy)
      removals.push(compressed)
    }
  }
  return { writes, unmentioned, removals }
}

/** Makes the changes of a rewrite, all or none. */
export function carryOut({ path }: Folder, { changes }: Rewrite): void {
  applyChangesTo(path, changes)
}
