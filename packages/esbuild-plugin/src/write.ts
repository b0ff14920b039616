import { createHash } from 'node:crypto'
import type { OutputChanges } from '@wasm-cos/core'
import type { OutputFile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'

/** Makes changes to the files of a build, by their names within the output. */
export function changeFiles(
  files: ReadonlyMap<string, OutputFile>,
  { contents, fileNames }: OutputChanges,
  folder: OutputFolder,
): void {
  for (const [fileName, content] of contents) {
    const file = files.get(fileName)!
    file.contents = Buffer.from(content)
    file.hash = hashOf(file.contents)
  }
  for (const [fileName, newName] of fileNames) files.get(fileName)!.path = folder.pathOf(newName)
}

/** Makes a file that esbuild did not emit look like one of esbuild's. */
export function createOutputFile(path: string, text: string): OutputFile {
  const contents = Buffer.from(text)
  return { path, contents, hash: hashOf(contents), text }
}

/** A hash that differs where contents do, as esbuild's own does. That one cannot be computed here. */
function hashOf(contents: Uint8Array): string {
  return createHash('sha256').update(contents).digest().subarray(0, 8).toString('base64').replace('=', '')
}
