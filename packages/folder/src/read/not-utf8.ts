import { readFile, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { digestedContents, digestForms, digestsIn } from '@wasm-cos/core'
import type { Folder } from '../read.ts'
import type { Obstacle } from '../write/obstacle.ts'
import { isTextName, largestOtherText } from './text-files.ts'

/**
 * Finds texts in other encodings than UTF-8 that carry a digest of a file that changes, or its name where that changes:
 * they are not rewritten, and would ask for what is no longer there.
 *
 * @param changed The texts that files had before, by name.
 * @param renamed The old names of files that get another one.
 */
export async function findInOtherEncodings(
  { fileNames, path, texts }: Folder,
  changed: Map<string, string>,
  renamed: ReadonlySet<string>,
): Promise<Obstacle[]> {
  if (changed.size === 0) return []
  const obstacles: Obstacle[] = []
  for (const where of fileNames.filter((name) => isTextName(name) && !texts.has(name))) {
    if ((await stat(join(path, where))).size > largestOtherText) continue
    // Names and digests are ASCII, which all encodings of the web have in common but UTF-16.
    const text = await readFile(join(path, where), 'latin1')
    const digests = digestsIn(where, text)
    for (const [file, before] of changed) {
      const isNamed = renamed.has(file) && text.includes(posix.basename(file))
      if (isNamed || (digests.size > 0 && hasDigestOf(file, before, digests)))
        obstacles.push({ kind: 'not-utf8', file, in: where })
    }
  }
  return obstacles
}

/** Whether one of these is a digest of a file, or of what stands in it. */
function hasDigestOf(file: string, text: string, digests: ReadonlySet<string>): boolean {
  return digestedContents(file, text).some((content) =>
    digestForms.some(({ write }) => digests.has(write(content))),
  )
}
