import { join } from 'node:path'
import { renameEdited } from '@wasm-cos/core'
import { canCompress, compress, compressedOf } from './compressed.ts'
import { hashPositionOf } from '../read/content-hash-name.ts'
import type { Folder } from '../folder.ts'
import type { DigestKind } from '../follow/digests.ts'
import { followDigests } from '../follow/follow-digests.ts'
import { findPrecacheEntries } from '../follow/precache.ts'
import { applyChangesTo, type Changes } from './transaction.ts'

/** What else of the folder a command may change so that it fits the edited files. */
export interface RewriteOptions {
  /** Make integrity attributes, import maps and policies true. */
  updateIntegrity: boolean
  /** Make revisions in the lists of service workers true. */
  updateRevisions: boolean
  /** Compress `.gz` and `.br` files anew. */
  recompress: boolean
  /** Give files with a content hash in their name a new one. */
  rename: boolean
  /** Leave all of these as they are. */
  force: boolean
}

/** Something in the folder that the edits would make untrue. */
export interface Obstacle {
  kind: 'integrity' | 'revision' | 'compressed' | 'hashed-name'
  /** The file that was edited. */
  file: string
  /** Where the trouble is. */
  in: string
  /** The flag that mends it, where there is one. */
  flag?: '--update-integrity' | '--update-revisions' | '--recompress' | '--rename'
}

/** What a command changes in a folder, or why it does not. */
export interface Rewrite {
  /** New contents by name within the folder. */
  changes: Changes
  obstacles: Obstacle[]
  /** New names, by the old ones. */
  renamed: Map<string, string>
}

/**
 * Works out all that follows from edited texts: new names, digests in other files, compressed copies.
 *
 * @param edited New texts of files of the folder, by name.
 */
export async function planRewrite(
  folder: Folder,
  edited: Map<string, string>,
  options: RewriteOptions,
): Promise<Rewrite> {
  const obstacles: Obstacle[] = []
  const { texts, renamed } = options.rename
    ? renameFiles(folder, edited)
    : { texts: new Map(edited), renamed: new Map<string, string>() }
  if (!options.rename) obstacles.push(...hashedNames(edited))

  const precached = findPrecacheEntries(folder.texts, [...texts.keys()])
  const kinds = new Set<DigestKind>()
  if (options.updateIntegrity) kinds.add('integrity')
  if (options.updateRevisions) kinds.add('revision')
  const mentions = followDigests(folder.texts, texts, kinds)
  for (const { kind, of, in: where } of mentions) {
    if (kinds.has(kind)) continue
    const flag = kind === 'integrity' ? '--update-integrity' : '--update-revisions'
    obstacles.push({ kind, file: of, in: where, flag })
  }
  for (const { of, in: where } of precached) {
    if (mentions.some((mention) => mention.of === of && mention.in === where)) continue
    obstacles.push({ kind: 'revision', file: of, in: where })
  }

  const writes: Changes['writes'] = new Map()
  const removals = [...renamed.keys()]
  for (const [name, text] of texts) {
    const newName = renamed.get(name) ?? name
    writes.set(newName, text)
    for (const compressed of compressedOf(name, folder)) {
      if (!options.recompress || !canCompress(compressed)) {
        const flag = canCompress(compressed) ? { flag: '--recompress' as const } : {}
        obstacles.push({ kind: 'compressed', file: name, in: compressed, ...flag })
      } else {
        writes.set(newName + compressed.slice(name.length), await compress(compressed, text))
        if (newName !== name) removals.push(compressed)
      }
    }
  }
  return { changes: { writes, removals }, obstacles: options.force ? [] : unique(obstacles), renamed }
}

/** Carries it out, all or nothing. */
export function carryOut({ path }: Folder, { changes }: Rewrite): Promise<void> {
  return applyChangesTo(path, changes)
}

function renameFiles(
  { texts: before }: Folder,
  edited: Map<string, string>,
): { texts: Map<string, string>; renamed: Map<string, string> } {
  const files = [...new Map([...before, ...edited])].map(([fileName, text]) => ({ fileName, text }))
  const { fileNames, texts } = renameEdited(files, edited.keys(), hashPositionOf)
  const changed = new Map([...edited, ...texts])
  for (const name of fileNames.keys()) if (!changed.has(name)) changed.set(name, before.get(name)!)
  return { texts: changed, renamed: fileNames }
}

function hashedNames(edited: Map<string, string>): Obstacle[] {
  return [...edited.keys()]
    .filter((name) => /\.[cm]?js$/.test(name) && hashPositionOf(name) !== undefined)
    .map((name) => ({ kind: 'hashed-name', file: name, in: name, flag: '--rename' }))
}

function unique(obstacles: Obstacle[]): Obstacle[] {
  return [
    ...new Map(
      obstacles.map((obstacle) => [join(obstacle.kind, obstacle.in, obstacle.file), obstacle]),
    ).values(),
  ]
}
