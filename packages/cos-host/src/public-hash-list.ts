import { readFile } from 'node:fs/promises'
import { isHash } from './entry.ts'

/** The hashes that every site may know to be stored. */
export type PublicHashList = Pick<Set<string>, 'has'>

/** The file that Git has in the place of a large one. */
const pointer = 'version https://git-lfs.github.com/spec/'

/**
 * Reads a Public Hash List: text that has a SHA-256 a line between `// ===BEGIN SHA-256…===` and `// ===END`.
 *
 * @throws {Error} If the file is not there, is a Git LFS pointer, or has no such section.
 * @see https://github.com/WICG/cross-origin-storage/tree/main/public-hash-list
 */
export async function readPublicHashList(file: string): Promise<PublicHashList> {
  const text = await readFile(file, 'utf8')
  if (text.startsWith(pointer)) {
    throw new Error(
      `"publicHashList" is ${file}, a Git LFS pointer and not the list: fetch it with "git lfs pull".`,
    )
  }
  const hashes = new Set<string>()
  let isInside = false
  let hasSection = false
  for (const [line] of text.matchAll(/.+/g)) {
    if (line.startsWith('// ===BEGIN SHA-256')) isInside = hasSection = true
    else if (line.startsWith('// ===END')) isInside = false
    else if (isInside && isHash(line.trim())) hashes.add(line.trim())
  }
  if (!hasSection) {
    throw new Error(
      `"publicHashList" is ${file}, which has no section that begins with "// ===BEGIN SHA-256".`,
    )
  }
  return hashes
}
