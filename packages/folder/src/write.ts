import { join } from 'node:path'
import {
  canCompress,
  CarriedDigests,
  compress,
  type DigestKind,
  followDigests,
  type Mention,
  Texts,
  isPageName,
} from '@wasm-cos/core'
import { hashesInNames } from './names/hashes-in-names.ts'
import { type Folder } from './read.ts'
import { findPrecacheRevisions } from './read/precache-revisions.ts'
import { findInOtherEncodings } from './read/not-utf8.ts'
import { compressedCopies } from './read/compressed-copies.ts'
import type { Naming } from './names/naming.ts'
import { findVersions } from './names/versions.ts'
import { findDigestMentions, findServerMentions, type FileChange } from './read/server-mentions.ts'
import { readDigestsAround } from './read/digests-around.ts'
import { readSurroundings } from './read/surroundings.ts'
import { renameFiles } from './names.ts'
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
  const obstacles: Obstacle[] = []
  const hashPositionOf = hashesInNames(folder.fileNames, folder.texts, hashes)
  const kinds = new Set<DigestKind>()
  if (options.updateIntegrity) kinds.add('integrity')
  if (options.updateRevisions) kinds.add('revision')
  // What carries a digest of an edited file changes, and so must its own name.
  const followed = new Map(edited)
  const carried = new CarriedDigests()
  const mentions = followInFolder(folder.texts, followed, kinds, carried)
  const { texts, renamed, kept } = options.rename
    ? renameFiles(folder, followed, hashPositionOf)
    : { texts: new Map(followed), renamed: new Map<string, string>(), kept: new Map<string, Naming>() }
  for (const name of renamed.keys()) {
    const position = hashPositionOf(name)
    if (position === undefined) continue
    const hash = name.slice(position.start, position.end)
    obstacles.push({ kind: 'hashed-name', file: name, in: name, hash, flag: '--rename' })
  }

  const precached = findPrecacheRevisions(folder.texts, [...texts.keys()])
  // What mentions a new name has changed again.
  mentions.push(...followInFolder(new Map([...folder.texts, ...followed]), texts, kinds, carried))
  for (const { kind, of, in: where } of mentions) {
    const flag = kind === 'integrity' ? '--update-integrity' : '--update-revisions'
    obstacles.push({ kind, file: of, in: where, flag })
  }
  const isUpdated = (file: string, where: string): boolean =>
    mentions.some((mention) => mention.of === file && mention.in === where)
  const unnamed = [...texts.keys()].filter(
    (name) => !renamed.has(name) && !kept.has(name) && !isPageName(name),
  )
  for (const version of findVersions(unnamed, folder.texts))
    if (!isUpdated(version.file, version.in)) obstacles.push(version)
  for (const { of, in: where } of precached) {
    if (isUpdated(of, where)) continue
    obstacles.push({ kind: 'revision', file: of, in: where })
  }

  const changed = [...texts.keys()].flatMap((name): [string, string][] => {
    const before = folder.texts.get(name)
    return before === undefined ? [] : [[name, before]]
  })
  obstacles.push(...(await findInOtherEncodings(folder, new Map(changed), new Set(renamed.keys()))))

  const fileNames = new Set(folder.fileNames)
  const writes: Changes['writes'] = new Map()
  const unmentioned = new Set(renamed.values())
  const removals = [...renamed.keys()]
  for (const [name, text] of texts) {
    const newName = renamed.get(name) ?? name
    writes.set(newName, text)
    for (const compressed of compressedCopies(name, fileNames)) {
      const isMendable = canCompress(compressed)
      obstacles.push({
        kind: 'compressed',
        file: name,
        in: compressed,
        ...(isMendable && { flag: '--recompress' as const }),
      })
      if (!options.recompress || !isMendable) continue
      const newCopy = newName + compressed.slice(name.length)
      writes.set(newCopy, compress(compressed, text)!)
      if (newName === name) continue
      unmentioned.add(newCopy)
      removals.push(compressed)
    }
  }
  const server =
    edited.size === 0 ? [] : await ofServer(folder, texts, new Set([...renamed.keys(), ...kept.keys()]))
  // What keeps its name is no trouble for a server that knows the name alone.
  obstacles.push(
    ...server.filter(({ file, reason }) => reason !== 'name' || !kept.has(file) || !options.force),
  )
  const named = new Set(server.flatMap(({ file, kind }) => (kind === 'server' ? [file] : [])))
  for (const [file, naming] of kept) if (!named.has(file)) obstacles.push(nameInUse(file, naming))
  return { changes: { writes, unmentioned, removals }, obstacles: unique(obstacles), renamed }
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

/** Makes the changes of a rewrite, all or none. */
export function carryOut({ path }: Folder, { changes }: Rewrite): void {
  applyChangesTo(path, changes)
}

/**
 * Finds what the site's server knows of files that change: it would answer with errors, whatever the user allows. The sizes
 * that lists for pages have are found with it.
 */
async function ofServer(
  folder: Folder,
  texts: Map<string, string>,
  renamed: Set<string>,
): Promise<Obstacle[]> {
  const changes = [...texts].map(([name, after]): [string, FileChange] => [
    name,
    { before: folder.texts.get(name) ?? '', after, isRenamed: renamed.has(name) },
  ])
  const shipped = changes.filter(([name]) => folder.texts.has(name) && !name.endsWith('.map'))
  const ofFiles = new Map(shipped)
  const surroundings = await readSurroundings(folder.path)
  const around = ofFiles.size === 0 ? new Map<string, string>() : await readDigestsAround(folder.path)
  for (const where of surroundings.keys()) around.delete(where)
  const mentions = [
    ...findServerMentions(ofFiles, folder.texts, surroundings),
    ...findDigestMentions(ofFiles, folder.texts, around),
  ]
  return mentions.map(({ file, in: where, knows }) =>
    knows === 'listed-size'
      ? { kind: 'size', file, in: where }
      : { kind: 'server', file, in: where, reason: knows },
  )
}

function nameInUse(file: string, naming: Naming): Obstacle {
  const { kind } = naming
  const where = 'in' in naming ? naming.in : file
  return { kind: 'name-in-use', file, in: where, ...(kind !== 'whole' && { reason: kind }) }
}

function unique(obstacles: Obstacle[]): Obstacle[] {
  return [
    ...new Map(
      obstacles.map((obstacle) => [join(obstacle.kind, obstacle.in, obstacle.file), obstacle]),
    ).values(),
  ]
}
