import type { Built, Host, ManifestFile, ResolvedOptions } from '@wasm-cos/core'
import { formatReport, manifestOf } from '@wasm-cos/core/setup'
import { editBeside } from './edit-beside.ts'
import { lateWasmWarnings } from './warn-late-wasm.ts'
import type { WrittenFolder } from './written-folder.ts'

/** An output that its bundler has written to disk, with what the adapter knows of it. */
export interface OutputOnDisk {
  /** Absolute path of the output folder. */
  folder: string
  /** The names of the files that the bundler wrote there. */
  emitted: ReadonlySet<string>
  /** When the build began, in milliseconds since 1970. */
  since: number
  host: Pick<Host, 'root' | 'publicUrl' | 'warn' | 'fail' | 'print'>
  built: Pick<Built, 'files' | 'manifest' | 'namedWasm'>
  /** Whether the table of what the scripts of the bundle load is printed already. */
  isPrinted?: boolean
}

/**
 * Ends a build whose outputs are on disk, once every plugin has copied what it copies: edits the scripts and pages beside
 * each bundle, and tells the user of all files by warnings and the table. Several outputs in one folder are taken together:
 * each has files of the others beside it.
 */
export async function finishOutputs(outputs: OutputOnDisk[], options: ResolvedOptions): Promise<void> {
  for (const folder of new Set(outputs.map((output) => output.folder))) {
    const here = outputs.filter((output) => output.folder === folder)
    const { host } = here[0]!
    const files = here.flatMap(({ built }) => built.manifest.files)
    const written: WrittenFolder = {
      folder,
      since: Math.min(...here.map(({ since }) => since)),
      emitted: new Set(here.flatMap(({ emitted }) => [...emitted])),
      files: here.flatMap(({ built }) => built.files),
      manifest: { version: 1, files },
      project: host.root,
      options,
      publicUrl: host.publicUrl,
    }
    const { manifest, warnings, notes } = await editBeside(written)
    const named = new Set(here.flatMap(({ built }) => built.namedWasm))
    const known = [
      ...written.files.map(({ fileName }) => fileName),
      ...manifest.files.map(({ file }) => file),
    ]
    warnings.push(...(await lateWasmWarnings(written, [...named], known)))
    if (options.strict && warnings.length > 0) host.fail(warnings)
    else for (const warning of warnings) host.warn(warning)
    for (const note of notes) host.warn(note)
    const unprinted = here.flatMap(({ built, isPrinted }) =>
      built.manifest.files.filter(({ chunks }) => isPrinted !== true || chunks.length === 0),
    )
    const report = formatReport(manifestOf(merge([...unprinted, ...manifest.files])))
    if (report !== '') host.print(report)
  }
}

/** One row for each file, with the scripts of all its rows. */
function merge(rows: ManifestFile[]): ManifestFile[] {
  const merged = new Map<string, ManifestFile>()
  for (const row of rows) {
    const chunks = [...(merged.get(row.file)?.chunks ?? []), ...row.chunks]
    merged.set(row.file, { ...row, chunks: [...new Set(chunks)] })
  }
  return [...merged.values()]
}
