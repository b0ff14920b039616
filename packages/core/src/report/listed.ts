import { findListed } from '../hash-list/find-listed.ts'
import { HashListError } from '../hash-list/list-file.ts'
import { OptionError } from '../options/option-error.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import type { HashedFile } from '../output.ts'

/**
 * Finds out which files are on the Public Hash List of the options.
 *
 * @returns Their hashes; undefined where the options name no list.
 * @throws {OptionError} If the list has no digest.
 */
export function listedOf(
  files: HashedFile[],
  { publicHashList: list }: ResolvedOptions,
): Set<string> | undefined {
  if (list === undefined) return undefined
  try {
    return findListed(
      list.path,
      files.map(({ hash }) => hash.value),
      list,
    )
  } catch (error) {
    if (!(error instanceof HashListError)) throw error
    throw new OptionError('publicHashList', list.path, `it ${error.message}`)
  }
}
