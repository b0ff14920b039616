import type { Stats } from 'node:fs'

/** Milliseconds within which a file system may give two changes of a file the same time. */
const sameTime = 2000

/** When a file changed, in milliseconds since 1970: the later of two times, as not every file system keeps both. */
export function lastChange({ ctimeMs, mtimeMs }: Stats): number {
  return Math.max(ctimeMs, mtimeMs)
}

/** Whether a file's change is so long ago that a later one has another time. */
export function isSettled(changed: number): boolean {
  return Date.now() - changed > sameTime
}
