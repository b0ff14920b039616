import type { Metafile, OutputFile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'

/** Brings a metafile up to date after files of the output were edited, renamed and added. */
export function updateMetafile(
  metafile: Metafile,
  files: OutputFile[],
  folder: OutputFolder,
  renameIn: (text: string) => string,
): void {
  const before = metafile.outputs
  metafile.outputs = {}
  for (const [name, record] of Object.entries(before)) {
    for (const reference of record.imports) reference.path = renameIn(reference.path)
    if (record.cssBundle !== undefined) record.cssBundle = renameIn(record.cssBundle)
    metafile.outputs[renameIn(name)] = record
  }
  for (const { path, contents } of files) {
    const name = folder.recordNameOf(path)
    const record = (metafile.outputs[name] ??= { imports: [], exports: [], inputs: {}, bytes: 0 })
    record.bytes = contents.byteLength
  }
}
