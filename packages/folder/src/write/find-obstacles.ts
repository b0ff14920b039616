import { join } from 'node:path'
import { canCompress, type HashPosition, isPageName, type Mention } from '@wasm-cos/core'
import type { RenamedFiles } from '../names.ts'
import type { Naming } from '../names/naming.ts'
import { findVersions } from '../names/versions.ts'
import type { Folder } from '../read.ts'
import { compressedCopies } from '../read/compressed-copies.ts'
import { readDigestsAround } from '../read/digests-around.ts'
import { findInOtherEncodings } from '../read/not-utf8.ts'
import type { PrecacheRevision } from '../read/precache-revisions.ts'
import { findDigestMentions, findServerMentions, type FileChange } from '../read/server-mentions.ts'
import { readSurroundings } from '../read/surroundings.ts'
import type { Obstacle } from './obstacle.ts'

/** The files that are to be written, with what was found when digests and names were followed. */
interface PlannedFiles extends RenamedFiles {
  /** Where a name carries a hash of the content. */
  hashPositionOf: (fileName: string) => HashPosition | undefined
  /** Who carries digests of these files. */
  mentions: Mention[]
  /** The entries of precache lists for these files. */
  precached: PrecacheRevision[]
}

/**
 * Finds everything in and around a folder that would no longer be right once files are written.
 *
 * @param isForced Whether files may keep their names although they carry a hash.
 */
export async function findObstacles(
  folder: Folder,
  planned: PlannedFiles,
  isForced: boolean,
): Promise<Obstacle[]> {
  const server = planned.texts.size === 0 ? [] : await ofServer(folder, planned)
  return unique([
    ...ofNames(planned),
    ...ofDigests(planned),
    ...ofVersions(folder, planned),
    ...ofRevisions(planned),
    ...(await ofOtherEncodings(folder, planned)),
    ...ofCompressed(folder, planned),
    // What keeps its name is no trouble for a server that knows the name alone.
    ...server.filter(({ file, reason }) => reason !== 'name' || !planned.kept.has(file) || !isForced),
    ...ofKeptNames(planned, server),
  ])
}

/** The names that change. */
function ofNames({ renamed, hashPositionOf }: PlannedFiles): Obstacle[] {
  return [...renamed.keys()].flatMap((name): Obstacle[] => {
    const position = hashPositionOf(name)
    if (position === undefined) return []
    const hash = name.slice(position.start, position.end)
    return [{ kind: 'hashed-name', file: name, in: name, hash, flag: '--rename' }]
  })
}

/** The digests that change. */
function ofDigests({ mentions }: PlannedFiles): Obstacle[] {
  return mentions.map(({ kind, of, in: where }) => {
    const flag = kind === 'integrity' ? '--update-integrity' : '--update-revisions'
    return { kind, file: of, in: where, flag }
  })
}

/** The hashes in URLs, but not in names, that nobody brings up to date. */
function ofVersions({ texts: before }: Folder, planned: PlannedFiles): Obstacle[] {
  const { texts, renamed, kept } = planned
  const unnamed = [...texts.keys()].filter(
    (name) => !renamed.has(name) && !kept.has(name) && !isPageName(name),
  )
  return findVersions(unnamed, before).filter((version) => !isUpdated(version.file, version.in, planned))
}

/** The revisions in precache lists that nobody brings up to date. */
function ofRevisions(planned: PlannedFiles): Obstacle[] {
  return planned.precached
    .filter(({ of, in: where }) => !isUpdated(of, where, planned))
    .map(({ of, in: where }) => ({ kind: 'revision', file: of, in: where }))
}

function isUpdated(file: string, where: string, { mentions }: PlannedFiles): boolean {
  return mentions.some((mention) => mention.of === file && mention.in === where)
}

function ofOtherEncodings(folder: Folder, { texts, renamed }: PlannedFiles): Promise<Obstacle[]> {
  const changed = [...texts.keys()].flatMap((name): [string, string][] => {
    const before = folder.texts.get(name)
    return before === undefined ? [] : [[name, before]]
  })
  return findInOtherEncodings(folder, new Map(changed), new Set(renamed.keys()))
}

function ofCompressed(folder: Folder, { texts }: PlannedFiles): Obstacle[] {
  const fileNames = new Set(folder.fileNames)
  return [...texts.keys()].flatMap((name) =>
    compressedCopies(name, fileNames).map((compressed): Obstacle => ({
      kind: 'compressed',
      file: name,
      in: compressed,
      ...(canCompress(compressed) && { flag: '--recompress' as const }),
    })),
  )
}

/**
 * Finds what the site's server knows of files that change: it would answer with errors, whatever the user allows. The sizes
 * that lists for pages have are found with it.
 */
async function ofServer(folder: Folder, { texts, renamed, kept }: PlannedFiles): Promise<Obstacle[]> {
  const changes = [...texts].map(([name, after]): [string, FileChange] => [
    name,
    { before: folder.texts.get(name) ?? '', after, isRenamed: renamed.has(name) || kept.has(name) },
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

/** The names that have to stay, but for those of files that a server knows: these are named already. */
function ofKeptNames({ kept }: PlannedFiles, server: Obstacle[]): Obstacle[] {
  const named = new Set(server.flatMap(({ file, kind }) => (kind === 'server' ? [file] : [])))
  return [...kept].filter(([file]) => !named.has(file)).map(([file, naming]) => nameInUse(file, naming))
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
