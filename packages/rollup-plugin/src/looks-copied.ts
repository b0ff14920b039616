import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type HashedSourceFile, isUnchanged } from '@wasm-cos/core'

/** How many bytes of each place are compared, and how far the places are apart. */
const placeLength = 2 ** 16
const distance = 2 ** 20

/**
 * Whether a file looks like a copy of a source file that has not changed since it was hashed. The size and 64 KB of each MB are
 * compared: to hash many megabytes takes longer than all else that a bundler does with them. It is enough for files that
 * nobody but the bundler has written.
 */
export function looksCopied(path: string, source: HashedSourceFile): boolean {
  if (source.fileVersion?.isSettled !== true) return false
  const files: number[] = []
  const open = (path: string): number => {
    const file = openSync(path, 'r')
    files.push(file)
    return file
  }
  try {
    const [copy, original] = [open(path), open(source.path)]
    if (fstatSync(copy).size !== source.size) return false
    const end = Math.max(0, source.size - placeLength)
    const starts = Array.from({ length: Math.ceil(end / distance) }, (_, index) => index * distance)
    return [...starts, end].every((start) => areAlike(copy, original, start)) && isUnchanged(source)
  } catch {
    return false
  } finally {
    for (const file of files) closeSync(file)
  }
}

const scratch = [Buffer.allocUnsafe(placeLength), Buffer.allocUnsafe(placeLength)] as const

function areAlike(copy: number, original: number, start: number): boolean {
  const [one, other] = scratch
  const read = readSync(copy, one, 0, placeLength, start)
  const readOfOther = readSync(original, other, 0, placeLength, start)
  return one.subarray(0, read).equals(other.subarray(0, readOfOther))
}
