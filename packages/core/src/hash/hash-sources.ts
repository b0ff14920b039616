import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { contentIdFrom } from './content-id.ts'
import { areSame, versionOf } from '../memory/file-version.ts'
import type { ContentId, HashedSourceFile } from '../output.ts'
import { RecentFiles } from '../memory/recent-files.ts'

/** Hashes the files that others were made from. */
export async function hashSources(paths: Iterable<string>): Promise<HashedSourceFile[]> {
  return (await Promise.all(Array.from(paths, hashSource))).flat()
}

/** A thousand files that were hashed in this process. */
const known = new RecentFiles<HashedSourceFile>(1000)

async function hashSource(path: string): Promise<HashedSourceFile[]> {
  try {
    const fileVersion = versionOf(statSync(path))
    const earlier = known.get(path, fileVersion)
    if (earlier !== undefined) return [earlier]
    const hashed = { path, fileVersion, ...(await hashFile(path)) }
    known.set(path, fileVersion, hashed, 1)
    return [hashed]
  } catch (error) {
    if (isNoFile(error)) return []
    throw error
  }
}

/** Whether an error says that a module is no file: another plugin may have made it up. */
function isNoFile(error: unknown): boolean {
  const codes = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'EINVAL', 'ERR_INVALID_ARG_VALUE']
  return codes.includes((error as NodeJS.ErrnoException).code!)
}

/** Hashes a file on disk. */
export function hashFile(path: string): Promise<ContentId> {
  return hashPieces(piecesOf(path))
}

/** Hashes a file that is read piece by piece. */
export async function hashPieces(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<ContentId> {
  const digest = createHash('sha256')
  let size = 0
  let start = new Uint8Array()
  for await (const piece of pieces) {
    // The next piece may be read into the same buffer.
    if (size === 0) start = Uint8Array.from(piece.subarray(0, 100))
    digest.update(piece)
    size += piece.length
  }
  return contentIdFrom(size, { algorithm: 'SHA-256', value: digest.digest('hex') }, start)
}

/**
 * Whether a file on disk is known to have the content still that was hashed, and bytes are that content: to compare takes a
 * quarter of the time of hashing.
 */
export function stillHolds(file: HashedSourceFile, bytes: Uint8Array): boolean {
  if (file.fileVersion === undefined || file.size !== bytes.length) return false
  try {
    return holdsBytes(file.path, bytes) && isUnchanged(file)
  } catch {
    return false
  }
}

/** Whether a file on disk has not changed since it was hashed, as far as its version tells. */
export function isUnchanged({ path, fileVersion }: HashedSourceFile): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return fileVersion !== undefined && stats !== undefined && areSame(versionOf(stats), fileVersion)
}

/** Whether a file on disk has these bytes. */
export function holdsBytes(path: string, bytes: Uint8Array): boolean {
  let size = 0
  for (const piece of piecesOf(path)) {
    if (!piece.equals(bytes.subarray(size, size + piece.length))) return false
    size += piece.length
  }
  return size === bytes.length
}

/** How many bytes are read at once: memory for more is had from the system each time, which takes longer than to read. */
const pieceLength = 2 ** 16

/**
 * Reads a file piece by piece, each into the same buffer: buffers of many megabytes make V8 collect garbage, which takes
 * long in the heap of a bundler that is written in JavaScript. Not asynchronously: the bundler has read or written these
 * files just now, and to read them again takes less time than to wait for one's turn after each piece.
 */
export function* piecesOf(path: string): Generator<Buffer, void> {
  const file = openSync(path, 'r')
  try {
    const piece = Buffer.allocUnsafe(pieceLength)
    for (;;) {
      const bytesRead = readSync(file, piece, 0, piece.length, null)
      if (bytesRead === 0) return
      yield piece.subarray(0, bytesRead)
    }
  } finally {
    closeSync(file)
  }
}
