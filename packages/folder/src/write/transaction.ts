import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Substrings } from '@wasm-cos/core'
import { FolderError } from '../folder-error.ts'
import { filesIn } from '../read/files.ts'
import { journalFolder } from '../read/journal-folder.ts'
import { ignoredFolders } from '../read.ts'
import { isTextName } from '../read/text-files.ts'

/** What to change in a folder. */
export interface Changes {
  /** New contents by path within the folder. */
  writes: Map<string, string | Uint8Array>
  /** Those of them that no file has the name of before the change. */
  unmentioned: ReadonlySet<string>
  /** Files that are no longer needed, by path within the folder. */
  removals: string[]
}

interface Journal {
  /** Where each new file waits, and where it goes. */
  moves: { from: string; to: string }[]
  removals: string[]
}

/** The process that changes a folder. */
interface Owner {
  pid: number
  host: string
}

const ownerFile = 'owner.json'
/** What is written to its place before the journal is there, by path within the folder. */
const earlyFile = 'early.json'

/**
 * Changes files all or none: they are written aside, then a journal is, then each is moved to its place. A new file that nothing
 * names is written to its place at once, which saves the move. Killed before the journal is there, the folder is as it was, but
 * for such files; killed later, each file is as before or as after, and {@link finishChanges} does the rest. Nothing is flushed to
 * the disk file by file, which takes most of the time where there are thousands: after a crash of the whole system, a build is made
 * again. Not asynchronously, which takes longer for small files.
 *
 * @throws {FolderError} If another run is at work, or has removed what this one is to replace.
 */
export function applyChangesTo(folder: string, changes: Changes): void {
  if (changes.writes.size === 0 && changes.removals.length === 0) return
  const aside = join(folder, journalFolder)
  makeAside(aside, folder)
  let journal: Journal
  const written: string[] = []
  try {
    writeOwner(aside)
    journal = writeAside(folder, aside, changes, written)
  } catch (error) {
    for (const name of written) rmSync(join(folder, name), { force: true })
    rmSync(aside, { recursive: true, force: true })
    throw error
  }
  try {
    carryOut(folder, journal, { isResumed: false })
  } catch (error) {
    throw new FolderError(
      `${(error as Error).message}. Some files of ${folder} are changed and some are not: mend that, and run this again, which ends it.`,
    )
  }
}

/**
 * Writes new files and the journal. Up to its end, what was there is not changed, whatever goes wrong.
 *
 * @param written Gets the names of files that are written to their places.
 */
function writeAside(
  folder: string,
  aside: string,
  { writes, unmentioned, removals }: Changes,
  written: string[],
): Journal {
  const present = new Set<string>()
  const parents = new Set([...writes.keys(), ...removals].map((name) => dirname(name)))
  for (const parent of parents) {
    mkdirSync(join(folder, parent), { recursive: true })
    accessSync(join(folder, parent), constants.W_OK)
    for (const name of readdirSync(join(folder, parent))) present.add(join(parent, name))
  }
  const gone = removals.find((name) => !present.has(join(name)))
  if (gone !== undefined) {
    throw new FolderError(
      `${gone} was removed while this run was at work. Nothing was changed: run it again.`,
    )
  }
  const early = [...unmentioned].filter((name) => writes.has(name) && !present.has(join(name)))
  if (early.length > 0) writeFileSync(join(aside, earlyFile), JSON.stringify(early))
  for (const name of early) {
    const file = create(folder, name)
    written.push(name)
    try {
      writeFileSync(file, writes.get(name)!)
    } finally {
      closeSync(file)
    }
  }
  const isWritten = new Set(early)
  const moves = [...writes.keys()]
    .filter((to) => !isWritten.has(to))
    .map((to, index) => ({ from: String(index), to }))
  for (const { from, to } of moves) {
    const mode = present.has(join(to))
      ? statSync(join(folder, to), { throwIfNoEntry: false })?.mode
      : undefined
    writeFileSync(join(aside, from), writes.get(to)!, { flag: 'wx' })
    // Not when it is created, where the process's mask would take some of it.
    if (mode !== undefined) chmodSync(join(aside, from), mode)
  }
  const journal: Journal = { moves, removals }
  writeFileSync(join(aside, 'unfinished.json'), JSON.stringify(journal))
  renameSync(join(aside, 'unfinished.json'), join(aside, 'journal.json'))
  return journal
}

/**
 * Creates a file, to be written.
 *
 * @throws {FolderError} If it is there.
 */
function create(folder: string, name: string): number {
  try {
    return openSync(join(folder, name), 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new FolderError(`${name} appeared while this run was at work. Nothing was changed: run it again.`)
  }
}

/** @throws {FolderError} If it is there: another run is at work, or was interrupted. */
function makeAside(aside: string, folder: string): void {
  try {
    mkdirSync(aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw atWork(folder)
  }
}

function writeOwner(aside: string): void {
  const owner: Owner = { pid: process.pid, host: hostname() }
  writeFileSync(join(aside, ownerFile), JSON.stringify(owner))
}

function atWork(folder: string): FolderError {
  const owner = join(folder, journalFolder, ownerFile)
  return new FolderError(
    `Another run is changing ${folder}, or was interrupted in it: run this one again when that has ended. If none is at work, remove ${owner} first.`,
  )
}

/** Whether the process is there that has begun to change a folder; that of another machine or container is taken for gone. */
function isOwned(aside: string): boolean {
  try {
    const { pid, host } = JSON.parse(readFileSync(join(aside, ownerFile), 'utf8')) as Owner
    if (pid === process.pid || host !== hostname()) return false
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Ends what an earlier run was killed in: changes that were complete are carried out, others are dropped, and so are those of
 * a folder that has been built anew since.
 *
 * @returns What was done.
 * @throws {FolderError} If the earlier run is at work still.
 */
export function finishChanges(folder: string): 'nothing' | 'finished' | 'dropped' | 'outdated' {
  if (!isUnfinished(folder)) return 'nothing'
  const aside = join(folder, journalFolder)
  if (isOwned(aside)) throw atWork(folder)
  const path = join(aside, 'journal.json')
  if (!existsSync(path)) {
    drop(folder)
    return 'dropped'
  }
  const journal = JSON.parse(readFileSync(path, 'utf8')) as Journal
  if (isOutdated(folder, journal, statSync(path).mtimeMs)) {
    drop(folder)
    return 'outdated'
  }
  carryOut(folder, journal, { isResumed: true })
  return 'finished'
}

/**
 * Removes what an earlier run has written, new files in their places included, unless a file of the folder names one of these: then
 * somebody has put them there since, from a copy of the finished output for instance.
 */
function drop(folder: string): void {
  const aside = join(folder, journalFolder)
  const early = new Set(earlyFiles(aside))
  if (early.size > 0 && !areNamed(early, folder))
    for (const name of early) rmSync(join(folder, name), { force: true })
  rmSync(aside, { recursive: true })
}

/** Whether one of the other files of a folder names one of these. */
function areNamed(fileNames: ReadonlySet<string>, folder: string): boolean {
  const names = new Substrings(Array.from(fileNames, (name) => basename(name)))
  return filesIn(folder, ignoredFolders)
    .filter((name) => isTextName(name) && !fileNames.has(name))
    .some((name) => names.in(readFileSync(join(folder, name), 'latin1')).size > 0)
}

/** What an earlier run may have written to its place: nothing, if it was killed before it had written the list. */
function earlyFiles(aside: string): string[] {
  try {
    return JSON.parse(readFileSync(join(aside, earlyFile), 'utf8')) as string[]
  } catch {
    return []
  }
}

/**
 * Whether somebody has written one of the files since the journal was. What has been moved was written before it; the last change of
 * what has not is told by `ctime`, which nobody can set: archives can have files of tomorrow.
 */
function isOutdated(folder: string, { moves, removals }: Journal, since: number): boolean {
  const isNewer = (name: string, time: 'ctimeMs' | 'mtimeMs'): boolean => {
    const file = statSync(join(folder, name), { throwIfNoEntry: false })
    return file !== undefined && file[time] > since
  }
  const isMoved = (from: string): boolean => !existsSync(join(folder, journalFolder, from))
  return (
    moves.some(({ from, to }) => isNewer(to, isMoved(from) ? 'mtimeMs' : 'ctimeMs')) ||
    removals.some((name) => isNewer(name, 'ctimeMs'))
  )
}

/** Whether a run was killed in this folder, and none has ended its work since. */
export function isUnfinished(folder: string): boolean {
  return existsSync(join(folder, journalFolder))
}

/** @param state Whether an earlier run may have moved and removed some of the files: they are not there any more. */
function carryOut(folder: string, { moves, removals }: Journal, { isResumed }: { isResumed: boolean }): void {
  const aside = join(folder, journalFolder)
  const take = isResumed ? unlessDone : (path: string, step: (path: string) => void) => step(path)
  for (const { from, to } of moves) take(join(aside, from), (path) => renameSync(path, join(folder, to)))
  for (const name of removals) take(join(folder, name), unlinkSync)
  // Before the journal: without that, what stands in the list would be removed.
  rmSync(join(aside, earlyFile), { force: true })
  rmSync(aside, { recursive: true })
}

/** Moves or removes a file, unless that is done. */
function unlessDone(path: string, step: (path: string) => void): void {
  try {
    step(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(path)) throw error
  }
}
