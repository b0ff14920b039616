import { isScriptName } from '@wasm-cos/core/setup'
import type { Metafile, OutputFile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'

/**
 * Copies the scripts that code has by their URL (the loader `file`) and that are going to have other names: a server that renders pages
 * may have these names from a build of its own.
 *
 * @param files The files of the build, by their names within the output.
 * @param renamed The names that change.
 */
export function stayingFiles(
  files: ReadonlyMap<string, OutputFile>,
  renamed: Iterable<string>,
  metafile: Metafile,
  folder: OutputFolder,
): OutputFile[] {
  const loaded = new Set(
    Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ kind }) => kind === 'file-loader').map(({ path }) => path),
    ),
  )
  return [...renamed]
    .map((fileName) => files.get(fileName)!)
    .filter(({ path }) => isScriptName(path) && loaded.has(folder.recordNameOf(path)))
    .map(({ path, contents, hash, text }) => ({ path, contents, hash, text }))
}
