import type { ListSections } from './entries.ts'
import { digestSize } from './list-file.ts'
import { packHashList } from './pack.ts'
import { isAmong } from './search-packed.ts'

/**
 * Reads a Public Hash List to ask it many times. It is held packed: 14 MB for the published one.
 *
 * @param path Absolute path of the list, in any of its forms.
 * @throws {HashListError} If there is no such list, or no digest in it.
 */
export function readHashList(
  path: string,
  sections: ListSections = { huggingFace: true },
): Pick<Set<string>, 'has'> {
  const packed = packHashList(path, { ...sections, onlyWasm: false })
  const digestAt = (index: number): Buffer => packed.subarray(index * digestSize, (index + 1) * digestSize)
  return { has: (digest) => isAmong(digest, packed.length / digestSize, digestAt) }
}
