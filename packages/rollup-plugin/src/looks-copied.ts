import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type HashedSourceFile, isUnchanged } from '@wasm-cos/core'

/** How many bytes of each place are compared, and how far the places are apart. */
const placeLength = 2 ** 16
const distance = 2 ** 20

/**
 * Whether a written file is a copy of a source file that still has its hash, as far as its size and some places tell. To hash
 * many megabytes takes longer than the bundler needs for all else; it is not done where nobody but the bundler has written.
 *
 * @param path Of the written file.
 */
export function looksCopied(path: string, source: HashedSourceFile): boolean {
  const files: number[] = []
  try {
    files.push(openSync(path, 'r'), openSync(source.path, 'r'))
    const [written, original] = files as [number, number]
    if (fstatSync(written).size !== source.size) return false
    const end = Math.max(0, source.size - placeLength)
    const starts = Array.from({ length: Math.ceil(end / distance) }, (_, index) => index * distance)
    return [...starts, end].every((start) => areAlike(written, original, start)) && isUnchanged(source)
  } catch {
    return false
  } finally {
    for (const file of files) closeSync(file)
  }
}

const [one, other] = [Buffer.allocUnsafe(placeLength), Buffer.allocUnsafe(placeLength)]

function areAlike(written: number, original: number, start: number): boolean {
  const lengths = [
    readSync(written, one, 0, placeLength, start),
    readSync(original, other, 0, placeLength, start),
  ]
  return one.subarray(0, lengths[0]).equals(other.subarray(0, lengths[1]))
}
