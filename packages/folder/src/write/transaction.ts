import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
 * Changes files all or none: they are written aside and flushed to disk, then a journal is, then each is moved to its
 * place. Killed before the journal is there, the folder is as it was; killed later, each file is as before or as
 * after, and {@link finishChanges} does the rest.
 */
export async function applyChangesTo(folder: string, { writes, removals }: Changes): Promise<void> {
  if (writes.size === 0 && removals.length === 0) return
  const aside = join(folder, journalFolder)
  await mkdir(aside)
  const moves = [...writes.keys()].map((to, index) => ({ from: String(index), to }))
  for (const parent of parentsOf(folder, moves)) await mkdir(parent, { recursive: true })
  await together(moves, async ({ from, to }) =>
    writeDurably(join(aside, from), writes.get(to)!, await modeOf(join(folder, to))),
  )
  const journal: Journal = { moves, removals }
  await writeDurably(join(aside, 'unfinished.json'), JSON.stringify(journal))
  await rename(join(aside, 'unfinished.json'), join(aside, 'journal.json'))
  await flushFolder(aside)
  await carryOut(folder, journal)
}

/**
 * Ends what an earlier run was killed in: changes that were complete are carried out, others are dropped.
 *
 * @returns What was done.
 */
export async function finishChanges(folder: string): Promise<'nothing' | 'finished' | 'dropped'> {
  const aside = join(folder, journalFolder)
  if (!(await exists(aside))) return 'nothing'
  const path = join(aside, 'journal.json')
  if (await exists(path)) {
    await carryOut(folder, JSON.parse(await readFile(path, 'utf8')) as Journal)
    return 'finished'
  }
  await rm(aside, { recursive: true })
  return 'dropped'
}

/** Whether a run was killed in this folder, and none has ended its work since. */
export function isUnfinished(folder: string): Promise<boolean> {
  return exists(join(folder, journalFolder))
}

async function carryOut(folder: string, { moves, removals }: Journal): Promise<void> {
  const aside = join(folder, journalFolder)
  await together(moves, async ({ from, to }) => {
    // What is not there any more was moved before.
    if (await exists(join(aside, from))) await rename(join(aside, from), join(folder, to))
  })
  await together(removals, (name) => rm(join(folder, name), { force: true }))
  for (const parent of parentsOf(folder, moves)) await flushFolder(parent)
  await rm(aside, { recursive: true })
}

/** The folders that files go to. */
function parentsOf(folder: string, moves: Journal['moves']): Set<string> {
  return new Set(moves.map(({ to }) => dirname(join(folder, to))))
}

/** How many files are worked on at a time: a disk flushes many of them as fast as one. */
const atATime = 64

async function together<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += atATime)
    await Promise.all(items.slice(start, start + atATime).map(work))
}

async function writeDurably(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Flushes a folder to disk, on systems that can. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  return (await exists(path)) ? (await stat(path)).mode : undefined
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
