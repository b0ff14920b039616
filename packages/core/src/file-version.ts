import type { Stats } from 'node:fs'

/** Milliseconds within which a file system may give two changes of a file the same time. */
const sameTime = 2000

/** What changes when a file does, or when another one takes its place. */
export interface FileVersion {
  /** When it was last changed, in milliseconds since 1970: the later of two times, as not every file system keeps both. */
  changed: number
  inode: number
  size: number
}

/** @returns Undefined if a change may be so recent that a later one would have the same time. */
export function versionOf({ ctimeMs, ino, mtimeMs, size }: Stats): FileVersion | undefined {
  const changed = Math.max(ctimeMs, mtimeMs)
  return Date.now() - changed > sameTime ? { changed, inode: ino, size } : undefined
}

/** Whether two versions of a file are the same one. */
export function areSame(one: FileVersion | undefined, other: FileVersion | undefined): boolean {
  return (
    one !== undefined &&
    one.changed === other?.changed &&
    one.inode === other.inode &&
    one.size === other.size
  )
}
