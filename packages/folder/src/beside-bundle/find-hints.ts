import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hasString, hintWarnings, type ManifestFile, type Warning } from '@wasm-cos/core'
import type { TextsOnDisk } from '../read/texts-on-disk.ts'
import { cameWithBuild, type WrittenFolder } from './written-folder.ts'

const mayHaveHints = /\.(html?|[cm]?js)$|(^|\/)(_headers|ngsw\.json)$/

/**
 * Finds what defeats sharing in the pages, header files and service workers of a build: see {@link hintWarnings}.
 *
 * @param fileNames Every file of the output.
 * @param files What is shared.
 * @param onDisk The texts of the output.
 */
export function findHints(
  written: Pick<WrittenFolder, 'emitted' | 'folder' | 'since'>,
  fileNames: string[],
  files: ManifestFile[],
  onDisk: TextsOnDisk,
): Warning[] {
  const shared = files.filter(({ chunks }) => chunks.length > 0).map(({ file }) => file)
  if (shared.length === 0) return []
  const texts = new Map<string, string>()
  for (const name of fileNames.filter((fileName) => mayHaveHints.test(fileName))) {
    if (!cameWithBuild(name, written)) continue
    const text = onDisk.read(name) ?? readFileSync(join(written.folder, name), 'utf8')
    if (shared.some((file) => hasString(text, basename(file)))) texts.set(name, text)
    // Nobody reads it after this; there may be many.
    onDisk.forget([name])
  }
  return hintWarnings(texts, [...new Set(shared)])
}
