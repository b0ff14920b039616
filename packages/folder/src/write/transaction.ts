import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { CommandError } from '../folder-error.ts'
import { journalFolder } from '../read/journal-folder.ts'

/** What to change in a folder. */
export interface Changes {
  /** New contents by path within the folder. */
  writes: Map<string, string | Uint8Array>
  /** Files that are no longer needed, by path within the folder. */
  removals: string[]
}

interface Journal {
  /** Where each new file waits, and where it goes. */
  moves: { from: string; to: string }[]
  removals: string[]
}

/**
 * Changes files all or none: they are written aside, then a journal is, then each is moved to its place. Killed before
 * the journal is there, the folder is as it was; killed later, each file is as before or as after, and
 * {@link finishChanges} does the rest. Nothing is flushed to the disk file by file, which takes most of the time where there are
 * thousands: after a crash of the whole system, a build is made again. Not asynchronously, which takes longer for small files.
 */
export function applyChangesTo(folder: string, { writes, removals }: Changes): void {
  if (writes.size === 0 && removals.length === 0) return
  const aside = join(folder, journalFolder)
  makeAside(aside, folder)
  const moves = [...writes.keys()].map((to, index) => ({ from: String(index), to }))
  const present = new Set<string>()
  for (const parent of new Set(moves.map(({ to }) => dirname(to)))) {
    mkdirSync(join(folder, parent), { recursive: true })
    for (const name of readdirSync(join(folder, parent))) present.add(join(parent, name))
  }
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
  carryOut(folder, journal)
}

/** @throws {CommandError} If it is there: another run is at work, or was interrupted. */
function makeAside(aside: string, folder: string): void {
  try {
    mkdirSync(aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new CommandError(
      `Another run is changing ${folder}, or was interrupted in it: run this one again when that has ended, or remove ${aside}.`,
    )
  }
}

/**
 * Ends what an earlier run was killed in: changes that were complete are carried out, others are dropped, and so are those of
 * a folder that has been built anew since.
 *
 * @returns What was done.
 */
export function finishChanges(folder: string): 'nothing' | 'finished' | 'dropped' | 'outdated' {
  if (!isUnfinished(folder)) return 'nothing'
  const aside = join(folder, journalFolder)
  const path = join(aside, 'journal.json')
  if (!existsSync(path)) {
    rmSync(aside, { recursive: true })
    return 'dropped'
  }
  const journal = JSON.parse(readFileSync(path, 'utf8')) as Journal
  if (isOutdated(folder, journal, statSync(path).mtimeMs)) {
    rmSync(aside, { recursive: true })
    return 'outdated'
  }
  carryOut(folder, journal)
  return 'finished'
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

function carryOut(folder: string, { moves, removals }: Journal): void {
  const aside = join(folder, journalFolder)
  for (const { from, to } of moves)
    unlessDone(join(aside, from), (path) => renameSync(path, join(folder, to)))
  for (const name of removals) unlessDone(join(folder, name), unlinkSync)
  rmSync(aside, { recursive: true })
}

/** Moves or removes a file, unless an earlier run has done so: then it is not there any more. */
function unlessDone(path: string, step: (path: string) => void): void {
  try {
    step(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(path)) throw error
  }
}
