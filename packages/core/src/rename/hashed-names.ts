import type { HashPosition } from '../output.ts'
import type { TextFile } from './text-file.ts'

/**
 * A file name with a content hash, as other files write it: the part around the hash that is the same in a URL, in JSON
 * and in a string literal. Files of different folders that agree in it have the same hash, and get the same new one.
 */
export interface HashedName {
  written: string
  /** Where the hash stands in it. */
  hash: HashPosition
  files: TextFile[]
}

/** The hashed names of files. A file that is named after another one (`x.js.map`) has no name of its own. */
export function collectNames(
  files: TextFile[],
  hashPositionOf: (fileName: string) => HashPosition | undefined,
  isJoined: (hash: string) => boolean,
): HashedName[] {
  const fileNames = new Set(files.map(({ fileName }) => fileName))
  const names = new Map<string, HashedName>()
  for (const file of files) {
    const position = hashPositionOf(file.fileName)
    if (position === undefined || isNamedAfterAnother(file.fileName, fileNames)) continue
    const { written, hash } = writtenPart(file.fileName, position, isJoined)
    const name = names.get(written) ?? { written, hash, files: [] }
    name.files.push(file)
    names.set(written, name)
  }
  return [...names.values()]
}

function isNamedAfterAnother(fileName: string, fileNames: Set<string>): boolean {
  return [...fileName.matchAll(/\./g)].some(({ index }) => fileNames.has(fileName.slice(0, index)))
}

function writtenPart(
  fileName: string,
  { start, end }: HashPosition,
  isJoined: (hash: string) => boolean,
): { written: string; hash: HashPosition } {
  const hash = fileName.slice(start, end)
  if (isJoined(hash)) return { written: hash, hash: { start: 0, end: hash.length } }
  const before = /[\w.-]*$/.exec(fileName.slice(0, start))![0]
  const after = /^[\w.-]*/.exec(fileName.slice(end))![0]
  return {
    written: before + hash + after,
    hash: { start: before.length, end: before.length + hash.length },
  }
}
