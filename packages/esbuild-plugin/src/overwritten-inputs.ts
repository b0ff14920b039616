import { resolve } from 'node:path'
import type { Metafile, OutputFile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'
import { pathOfInput } from './read.ts'

/**
 * Finds the output files that would overwrite a source: esbuild refuses them, but only where it writes itself.
 *
 * @returns A message for each, as esbuild words it.
 */
export function findOverwrittenInputs(
  files: OutputFile[],
  { inputs }: Metafile,
  { root }: OutputFolder,
): string[] {
  const paths = new Set(files.map(({ path }) => path))
  return Object.keys(inputs)
    .map(pathOfInput)
    .filter((input) => paths.has(resolve(root, input)))
    .map((input) => `Refusing to overwrite input file "${input}" (use "allowOverwrite: true" to allow this)`)
}
