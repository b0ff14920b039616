import { type Dirent, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'

/**
 * Lists the files in a folder and in those below, by path within it, with forward slashes. Links are not followed, and what
 * may not be read is left out. Not asynchronously, which takes longer.
 *
 * @param ignored Names of folders that are left out.
 * @returns Nothing if there is no such folder.
 */
export function filesIn(root: string, ignored: readonly string[], folder = ''): string[] {
  return entriesOf(join(root, folder)).flatMap((entry): string[] => {
    const name = posix.join(folder, entry.name)
    if (entry.isFile()) return [name]
    return entry.isDirectory() && !ignored.includes(entry.name) ? filesIn(root, ignored, name) : []
  })
}

/** The entries of a folder; none if there is no such folder, or it may not be read. */
export function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    // Windows and macOS say EPERM of what may not be read.
    const leftOut = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']
    if (leftOut.includes((error as NodeJS.ErrnoException).code!)) return []
    throw error
  }
}
