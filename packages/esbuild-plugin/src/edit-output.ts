import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { applyChanges, type Edit, type HashPosition, renameEdited, shiftMap } from '@wasm-cos/core'
import type { OutputFile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'

/** Writes edits into a build's files: the code, and the source map that goes with it. */
export function editOutput(files: OutputFile[], edits: Edit[], folder: OutputFolder): void {
  const byName = new Map(files.map((file) => [folder.fileNameOf(file.path), file]))
  for (const { fileName, changes } of edits) {
    const file = byName.get(fileName)!
    const map = byName.get(`${fileName}.map`)
    const code = textOf(file)
    if (map !== undefined) setText(map, shiftMap(textOf(map), code, changes))
    setText(file, applyChanges(code, changes))
  }
}

/**
 * Makes the names that carry a content hash true again, and every mention of them.
 *
 * @returns Puts the new names into any other text.
 */
export function renameOutput(
  files: OutputFile[],
  edits: Edit[],
  folder: OutputFolder,
  hashPositionOf: (fileName: string) => HashPosition | undefined,
): (text: string) => string {
  const hasNewHash = edits.some(({ fileName }) => hashPositionOf(fileName) !== undefined)
  const byName = new Map(
    files
      .filter(({ contents }) => hasNewHash && isUtf8(contents))
      .map((file) => [folder.fileNameOf(file.path), file]),
  )
  const { fileNames, texts, renameIn } = renameEdited(
    Array.from(byName, ([fileName, file]) => ({ fileName, text: textOf(file) })),
    edits.map(({ fileName }) => fileName),
    hashPositionOf,
  )
  for (const [fileName, text] of texts) setText(byName.get(fileName)!, text)
  for (const [fileName, newName] of fileNames) byName.get(fileName)!.path = resolve(folder.path, newName)
  return renameIn
}

/** A file that esbuild did not emit, as if it had. */
export function createOutputFile(path: string, text: string): OutputFile {
  const contents = Buffer.from(text)
  return { path, contents, hash: hashOf(contents), text }
}

/** What another plugin has put among the files need not have a `text`. */
function textOf({ contents }: OutputFile): string {
  return Buffer.from(contents).toString()
}

function setText(file: OutputFile, text: string): void {
  file.contents = Buffer.from(text)
  file.hash = hashOf(file.contents)
}

/** Tells one content from another, as esbuild's own hash does, which cannot be computed here. */
function hashOf(contents: Uint8Array): string {
  return createHash('sha256').update(contents).digest().subarray(0, 8).toString('base64').replace('=', '')
}
