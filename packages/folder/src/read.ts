import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isPageName, isScriptName, mayNameOthers, type HashedWasmFile } from '@wasm-cos/core'
import { FolderError } from './folder-error.ts'
import { hashFiles } from './read/hash-files.ts'
import type { Progress } from './progress.ts'
import { filesIn } from './read/files.ts'
import { listLinks } from './read/links.ts'
import { findStaleCopies, type StaleCopy } from './read/stale-copies.ts'
import { findWasmFiles } from './read/wasm-files.ts'
import { isTextName, largestOtherText } from './read/text-files.ts'
import { TextsOnDisk } from './read/texts-on-disk.ts'
import { journalFolder } from './read/journal-folder.ts'

/** A build's output on disk. */
export interface Folder {
  /** Absolute path. */
  path: string
  /** Every file, by path within the folder, with forward slashes. */
  fileNames: string[]
  wasm: HashedWasmFile[]
  /** The text of each file that can name another or carry its hash. */
  texts: Map<string, string>
  /** Scripts that are not UTF-8: they are left as they are. */
  unreadable: string[]
  /** Compressed copies of wasm files that hold something else. */
  staleCopies: StaleCopy[]
}

/**
 * Reads a folder; wasm files are hashed, not kept. `node_modules` in it is left out: it does not ship.
 *
 * @throws {FolderError} If there is no such folder.
 */
export async function readFolder(path: string, progress?: Progress): Promise<Folder> {
  const root = resolve(path)
  const files = listFiles(root)
  const fileNames = [...files, ...(await listLinks(root, ignoredFolders))].toSorted()
  const read = readTexts(root, fileNames)
  const shipped = findWasmFiles(fileNames, read.texts)
  const contents = await hashFiles(
    shipped.map(({ onDisk, isDecoded }) => ({ path: join(root, onDisk), isDecoded })),
    progress,
  )
  const wasm = shipped.map(({ fileName }, index) =>
    Object.assign(contents[index]!, { type: 'wasm' as const, fileName, sources: [] }),
  )
  const staleCopies = await findStaleCopies(
    root,
    fileNames,
    wasm,
    new Set(shipped.map(({ onDisk }) => onDisk)),
  )
  return { path: root, fileNames, wasm, staleCopies, ...read }
}

/** Reads those of the files that are texts. */
export function readTexts(
  root: string,
  fileNames: string[],
  onDisk: TextsOnDisk = new TextsOnDisk(root),
): Pick<Folder, 'texts' | 'unreadable'> {
  const texts = new Map<string, string>()
  const unreadable: string[] = []
  for (const name of fileNames.filter(isTextName)) {
    if (!mayNameOthers(name) && statSync(join(root, name)).size > largestOtherText) continue
    const text = onDisk.read(name)
    if (text !== undefined) texts.set(name, text)
    else if (isScriptName(name) || isPageName(name)) unreadable.push(name)
  }
  return { texts, unreadable }
}

/** The names of folders that are no part of a site. */
export const ignoredFolders: readonly string[] = ['node_modules', '.git', journalFolder]

/** Lists the files of a folder by path within it, sorted, but for `node_modules`. */
export function listFiles(root: string): string[] {
  const names = filesIn(root, ignoredFolders)
  if (names.length === 0) throw new FolderError(`There is no folder ${root}, or nothing in it.`)
  return names.toSorted()
}
