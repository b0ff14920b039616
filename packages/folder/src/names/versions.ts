import { posix } from 'node:path'
import { hashPositionOf, isPathOf, isPageName } from '@wasm-cos/core'
import { scriptsWithQuery } from './scripts-with-query.ts'

/** A hash of a file's content that stands in the file's URL, but not in its name. */
export interface Version {
  file: string
  /** In the name of a folder, or in the query by which another file names it. */
  kind: 'hashed-folder' | 'hashed-query'
  /** Where it stands: the file itself, or the one that names it. */
  in: string
  hash: string
}

/**
 * Finds such hashes: browsers may keep for ever what came from a URL with one, so that other content needs another URL.
 *
 * @param files Names within the folder.
 * @param texts The texts of the folder, by name.
 */
export function findVersions(files: Iterable<string>, texts: Map<string, string>): Version[] {
  const names = [...files]
  if (names.length === 0) return []
  const inFolders = names.flatMap((file): Version[] => {
    const hash = posix.dirname(file).split('/').map(hashIn).find(Boolean)
    return hash === undefined ? [] : [{ file, kind: 'hashed-folder', in: file, hash }]
  })
  const inQueries = [...texts].flatMap(([where, text]) =>
    Array.from(scriptsWithQuery(text)).flatMap(({ path, query }): Version[] => {
      const hash = query.split(/[=&]/).map(hashIn).find(Boolean)
      if (hash === undefined) return []
      return filesAt(path, where, names).map((file) => ({ file, kind: 'hashed-query', in: where, hash }))
    }),
  )
  return [...inFolders, ...inQueries]
}

/**
 * The files that a path may mean: the one that it leads to from the text which has it, or from the folder, else every file
 * whose path ends so. A script's path may also be that from its page, and the folder may be served below others.
 */
function filesAt(path: string, where: string, names: string[]): string[] {
  const fromText = posix.join(posix.dirname(where), path)
  const exact = path.startsWith('/') ? path.slice(1) : fromText
  const isSure = /^[./]/.test(path) || isPageName(where)
  return isSure && names.includes(exact) ? [exact] : names.filter((name) => isPathOf(path, name))
}

/** The hash at the end of a part of a URL. */
function hashIn(part: string): string | undefined {
  const position = hashPositionOf(`${part}.js`)
  return position && part.slice(position.start, position.end)
}
