import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * How a Public Hash List is written. `sections`: as it is published. `digests`: one a line, without sections. `csv`: with a
 * column `sha256`. `packed`: sorted digests of 32 bytes each, as Chromium keeps it.
 *
 * @see https://github.com/WICG/cross-origin-storage/tree/main/public-hash-list
 */
export type ListFormat = 'sections' | 'digests' | 'csv' | 'packed'

/** Why a file cannot be read as a Public Hash List: what it is, and what to do. The words follow its path. */
export class HashListError extends Error {
  override name = 'HashListError'
}

/** Bytes of a SHA-256. */
export const digestSize = 32

const pieceSize = 2 ** 20

/**
 * Does something with an open list.
 *
 * @throws {HashListError} If it cannot be opened or is no such list.
 */
export function withList<Result>(
  path: string,
  work: (file: number, format: ListFormat, size: number) => Result,
): Result {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw new HashListError(`cannot be read (${(error as Error).message})`)
  }
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new HashListError('is a folder, not a list')
    return work(file, formatOf(file, stats.size), stats.size)
  } finally {
    closeSync(file)
  }
}

function formatOf(file: number, size: number): ListFormat {
  const start = Buffer.alloc(Math.min(size, 4096))
  readSync(file, start, 0, start.length, 0)
  if (!isText(start, start.length < size)) {
    if (size % digestSize === 0) return 'packed'
    throw new HashListError(
      `has ${size} bytes, which is no whole number of packed digests of ${digestSize} bytes`,
    )
  }
  const text = start.toString('latin1')
  if (text.startsWith('version https://git-lfs.github.com/spec/')) {
    throw new HashListError(
      'is a pointer of Git LFS, not the list: run "git lfs pull", or download it from media.githubusercontent.com',
    )
  }
  if (/^(?!\/\/).*\bsha256\b.*,|^(?!\/\/).*,.*\bsha256\b/m.test(text.split('\n', 1)[0]!)) return 'csv'
  if (/^\/\/ ===BEGIN SHA-256/m.test(text)) return 'sections'
  if (/^[0-9a-f]{64}(?!\S)/m.test(text)) return 'digests'
  throw new HashListError(
    'is no Public Hash List: it has neither a section "// ===BEGIN SHA-256===", nor a column "sha256", nor packed digests',
  )
}

/** @param isCut Whether more follows: the last line may end within a character. */
function isText(start: Buffer, isCut: boolean): boolean {
  const lines = isCut ? start.subarray(0, start.lastIndexOf(10) + 1) : start
  return isUtf8(lines) && !start.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)
}

/** The lines of a file, each as a part of a buffer that the next one may overwrite; it is not held in memory. */
export function* linesOf(file: number): Generator<Buffer, void> {
  const buffer = Buffer.allocUnsafe(pieceSize)
  let kept = 0
  for (let position = 0; ;) {
    const bytesRead = readSync(file, buffer, kept, buffer.length - kept, position)
    position += bytesRead
    const filled = buffer.subarray(0, kept + bytesRead)
    let start = 0
    for (let end = filled.indexOf(10); end !== -1; end = filled.indexOf(10, start)) {
      yield filled.subarray(start, end)
      start = end + 1
    }
    if (bytesRead === 0) {
      if (start < filled.length) yield filled.subarray(start)
      return
    }
    // A line that fills the whole buffer is no line of a list.
    kept = filled.length - start === buffer.length ? 0 : filled.copy(buffer, 0, start)
  }
}
