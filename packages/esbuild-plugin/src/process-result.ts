import { relative, resolve } from 'node:path'
import {
  type HashedFile,
  type Manifest,
  loadParser,
  measureFiles,
  processOutput,
  type ResolvedOptions,
  type Warning,
} from '@wasm-cos/core'
import type { BuildOptions, Metafile, OutputFile } from 'esbuild'
import { createOutputFile, editOutput, renameOutput } from './edit-output.ts'
import { hashFinder } from './hash-position.ts'
import { updateMetafile } from './metafile.ts'
import type { OutputFolder } from './output-folder.ts'
import { readOutput } from './read-output.ts'

// Whoever imports this module waits for it.
const parser = await loadParser()

/** What was done with the output of a build. */
export interface ProcessedResult {
  files: HashedFile[]
  manifest: Manifest
  warnings: Warning[]
}

/** Takes the output of a build through core and brings names, sizes and the metafile up to date, all in place. */
export async function processResult(
  outputFiles: OutputFile[],
  metafile: Metafile,
  buildOptions: BuildOptions,
  options: ResolvedOptions,
  folder: OutputFolder,
): Promise<ProcessedResult> {
  const { publicPath = '' } = buildOptions
  const { edits, files, manifest, warnings } = processOutput(
    await measureFiles(await readOutput(outputFiles, metafile, folder, buildOptions)),
    {
      options,
      parser,
      sourceName: (path) => relative(folder.root, path).replaceAll('\\', '/'),
      ...(/^(https?:)?\/\//.test(publicPath) && { publicUrl: publicPath }),
    },
  )
  editOutput(outputFiles, edits, folder)
  const hashPositionOf = hashFinder(buildOptions, metafile, folder)
  const renameIn = renameOutput(outputFiles, edits, folder, hashPositionOf)
  const manifestText = renameIn(`${JSON.stringify(manifest, undefined, 2)}\n`)
  if (options.manifest !== undefined) {
    outputFiles.push(createOutputFile(resolve(folder.path, options.manifest), manifestText))
  }
  updateMetafile(metafile, outputFiles, folder, renameIn)
  return { files, manifest: JSON.parse(manifestText) as Manifest, warnings }
}
