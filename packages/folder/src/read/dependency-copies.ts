import { posix } from 'node:path'
import { type ContentId, type DependencyFile, nameWithoutHash } from '@wasm-cos/core'

/** The dependencies' files with the content of an emitted one: of public packages first, then those of its name. */
export function dependencyCopiesOf<File extends DependencyFile & ContentId>(
  { fileName, hash }: { fileName: string; hash: ContentId['hash'] },
  files: File[],
): File[] {
  const rank = ({ file, isPublic }: File) =>
    2 * Number(isPublic) + Number(posix.basename(file) === nameWithoutHash(fileName))
  return files.filter((file) => file.hash.value === hash.value).toSorted((a, b) => rank(b) - rank(a))
}
