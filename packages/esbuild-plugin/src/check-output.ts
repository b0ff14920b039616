import { resolve } from 'node:path'
import type { HashedFile } from '@wasm-cos/core'
import { measureBytes, measureFile } from '@wasm-cos/core/setup'
import type { OutputFile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'

/**
 * Compares the files with the hashes that were embedded, after every other plugin had its turn. A file that was moved
 * elsewhere is not looked for: plugins may do that once a build has ended.
 *
 * @param outputFiles What the user is given; undefined if it was written to disk.
 * @returns What is wrong with each file that differs, as messages for the user.
 */
export async function checkOutput(
  files: HashedFile[],
  outputFiles: OutputFile[] | undefined,
  folder: OutputFolder,
): Promise<string[]> {
  const checked = files.map(async ({ fileName, hash }) => {
    const path = resolve(folder.path, fileName)
    const contents = outputFiles?.find((file) => file.path === path)?.contents
    const measured =
      outputFiles === undefined
        ? await measureFile(path).catch(() => undefined)
        : contents && (await measureBytes(contents))
    return measured === undefined || measured.hash.value === hash.value ? [] : [changed(fileName)]
  })
  return (await Promise.all(checked)).flat()
}

function changed(fileName: string): string {
  return (
    `${fileName} was changed after its hash was embedded: another plugin rewrote it when the build had ended. ` +
    'List that plugin before wasm-cos, change the file in its onLoad, or run "npx wasm-cos repair" after the build.'
  )
}
