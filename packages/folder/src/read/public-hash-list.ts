import { readFile } from 'node:fs/promises'
import { CommandError } from '../folder-error.ts'

/**
 * Reads a Public Hash List: a SHA-256 a line, in lowercase hexadecimal digits, alone or first in a row of CSV; lines
 * that begin with `//` are comments.
 *
 * @see https://github.com/WICG/cross-origin-storage/tree/main/public-hash-list
 */
export async function readPublicHashList(path: string): Promise<Set<string>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new CommandError(`The public hash list ${path} cannot be read: ${(error as Error).message}`)
  }
  const hashes = [...text.matchAll(/^\s*([0-9a-f]{64})(?![0-9a-f])/gm)].map(([, hash]) => hash!)
  if (hashes.length === 0) {
    throw new CommandError(
      `${path} has no SHA-256 on any line: is it the list, or a pointer of Git LFS to it?`,
    )
  }
  return new Set(hashes)
}
