import { statSync } from 'node:fs'
import { type HashedFile, piecesOf, type WrittenOutput } from '@wasm-cos/core'
import type { OutputFile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'

/**
 * The output of a build after every plugin had its turn. A file that is not there is no fault: plugins may move files once a
 * build has ended.
 *
 * @param outputFiles What the user is given; undefined if it was written to disk.
 */
export function writtenOutput(
  files: HashedFile[],
  outputFiles: OutputFile[] | undefined,
  folder: OutputFolder,
): WrittenOutput {
  return {
    files,
    advice: 'List that plugin before wasm-cos, change the file in its onLoad',
    readWritten(fileName) {
      const path = folder.pathOf(fileName)
      if (outputFiles === undefined) {
        return statSync(path, { throwIfNoEntry: false })?.isFile() ? piecesOf(path) : undefined
      }
      const file = outputFiles.find((found) => found.path === path)
      return file && [file.contents]
    },
  }
}
