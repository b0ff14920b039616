import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hintWarnings, type ManifestFile } from '@wasm-cos/core'
import { cameWithBuild, type WrittenFolder } from './written-folder.ts'

const mayHaveHints = /\.(html?|[cm]?js)$|(^|\/)(_headers|ngsw\.json)$/

/**
 * Finds what defeats sharing in the pages, header files and service workers of a build: see {@link hintWarnings}.
 *
 * @param fileNames Every file of the output.
 * @param files What is shared.
 * @returns Messages for the user.
 */
export function findHints(
  written: Pick<WrittenFolder, 'emitted' | 'folder' | 'since'>,
  fileNames: string[],
  files: ManifestFile[],
): string[] {
  const shared = files.filter(({ chunks }) => chunks.length > 0).map(({ file }) => file)
  if (shared.length === 0) return []
  const texts = new Map<string, string>()
  for (const name of fileNames.filter((fileName) => mayHaveHints.test(fileName))) {
    if (!cameWithBuild(name, written)) continue
    const bytes = readFileSync(join(written.folder, name))
    if (shared.some((file) => bytes.includes(basename(file)))) texts.set(name, bytes.toString())
  }
  return hintWarnings(texts, [...new Set(shared)]).map(({ message }) => message)
}
