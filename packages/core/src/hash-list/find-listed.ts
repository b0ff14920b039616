import { readSync } from 'node:fs'
import { digestSize, HashListError, withList } from './list-file.ts'
import { checkSections, entriesOf, type ListSections } from './entries.ts'
import { isAmong } from './search-packed.ts'

/**
 * Finds out which files are on a Public Hash List. The list is read piece by piece.
 *
 * @param path Absolute path of the list.
 * @param digests SHA-256 of files, 64 lowercase hexadecimal digits each.
 * @returns Those that are on it.
 * @throws {HashListError} If there is no such list.
 */
export function findListed(
  path: string,
  digests: Iterable<string>,
  sections: ListSections = { huggingFace: true },
): Set<string> {
  const wanted = new Set(digests)
  return withList(path, (file, format, size) => {
    if (format === 'packed') {
      checkSections(sections)
      const read = Buffer.alloc(digestSize)
      const digestAt = (index: number): Buffer => {
        readSync(file, read, 0, digestSize, index * digestSize)
        return read
      }
      return new Set([...wanted].filter((digest) => isAmong(digest, size / digestSize, digestAt)))
    }
    const found = new Set<string>()
    let count = 0
    for (const { digest } of entriesOf(file, format, sections)) {
      count++
      if (wanted.has(digest)) found.add(digest)
    }
    if (count === 0) throw new HashListError('has no SHA-256 on any line')
    return found
  })
}
