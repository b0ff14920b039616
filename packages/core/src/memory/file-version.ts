import type { Stats } from 'node:fs'

/** Milliseconds within which a file system may give two changes of a file the same time. */
const sameTime = 2000

/** What tells that a file has changed since it was read, or that another one has taken its place. */
export interface FileVersion {
  /** When it was last changed, in milliseconds since 1970: the later of two times, as not every file system keeps both. */
  changed: number
  inode: number
  size: number
  /** Whether it was read so long after that change that a later one has another time. */
  isSettled: boolean
}

/** @param stats What the file system says of a file just before it is read. */
export function versionOf({ ctimeMs, ino, mtimeMs, size }: Stats): FileVersion {
  const changed = Math.max(ctimeMs, mtimeMs)
  return { changed, inode: ino, size, isSettled: Date.now() - changed > sameTime }
}

/** Whether a file is what it was, as far as its version tells. */
export function areSame(one: FileVersion, other: FileVersion): boolean {
  return one.changed === other.changed && one.inode === other.inode && one.size === other.size
}
