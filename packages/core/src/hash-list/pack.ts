import { readSync } from 'node:fs'
import { checkSections, entriesOf, type ListSections } from './entries.ts'
import { digestSize, HashListError, withList } from './list-file.ts'

/** What goes into a packed list. */
export interface PackOptions extends ListSections {
  /** Only digests whose example URL ends in `.wasm`: some 4 kB instead of 14 MB. */
  onlyWasm: boolean
}

/**
 * Packs a Public Hash List as Chromium does: digests of 32 bytes each, sorted, each once.
 *
 * @param path Absolute path of the list.
 * @throws {HashListError} If there is no such list, or nothing to pack.
 */
export function packHashList(path: string, { onlyWasm, ...sections }: PackOptions): Buffer {
  const digests = withList(path, (file, format, size) => {
    if (format === 'packed') {
      if (onlyWasm)
        throw new HashListError('is packed already, and says no more which digests are of wasm files')
      checkSections(sections)
      const packed = Buffer.alloc(size)
      readSync(file, packed, 0, size, 0)
      return Array.from({ length: size / digestSize }, (_, index) =>
        packed.toString('hex', index * digestSize, (index + 1) * digestSize),
      )
    }
    const found: string[] = []
    for (const { digest, url } of entriesOf(file, format, sections)) {
      if (!onlyWasm || /\.wasm([?#].*)?$/.test(url() ?? '')) found.push(digest)
    }
    return found
  })
  if (digests.length === 0) {
    throw new HashListError(
      onlyWasm ? 'has no digest with an example URL that ends in .wasm' : 'has no SHA-256 on any line',
    )
  }
  // Sections are sorted, so that there is little to do; a set, or one text of all, would take longer than reading the list.
  const sorted = digests.toSorted().filter((digest, index, all) => digest !== all[index - 1])
  const packed = Buffer.alloc(sorted.length * digestSize)
  for (const [index, digest] of sorted.entries()) packed.write(digest, index * digestSize, 'hex')
  return packed
}
