import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Built,
  type Choice,
  choiceWarnings,
  type Host,
  type ManifestFile,
  type ResolvedOptions,
} from '@wasm-cos/core'
import { formatReport, manifestOf } from '@wasm-cos/core/setup'
import { listFiles } from '../read.ts'
import type { PublicFolder } from '../read/public-folder.ts'
import { editBeside } from './edit-beside.ts'
import { compressedWasm, namesOf } from './warn-compressed-wasm.ts'
import { lateWasmWarnings } from './warn-late-wasm.ts'
import { cameWithBuild, type WrittenFolder } from './written-folder.ts'

export { nextPublicFolder, type PublicFolder } from '../read/public-folder.ts'

/** An output that its bundler has written to disk, with what the adapter knows of it. */
export interface OutputOnDisk {
  /** Absolute path of the output folder. */
  folder: string
  /** The names of the files that the bundler wrote there. */
  emitted: ReadonlySet<string>
  /** When the build began, in milliseconds since 1970. */
  since: number
  host: Pick<Host, 'root' | 'publicUrl' | 'warn' | 'fail' | 'print'>
  built: Pick<Built, 'choice' | 'files' | 'later' | 'manifest' | 'namedWasm'>
  /** Where more files of the site come from, past the output. */
  publicFolder?: PublicFolder | undefined
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
    const { host, publicFolder } = here[0]!
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
      publicFolder,
    }
    const { manifest, warnings, notes, choice } = await editBeside(written)
    const known = [
      ...written.files.map(({ fileName }) => fileName),
      ...manifest.files.map(({ file }) => file),
      ...here.flatMap(({ built }) => built.later.flatMap(({ file }) => file ?? [])),
    ]
    const loaded = new Set(manifest.files.map(({ file }) => file))
    const later = here.flatMap(({ built }) => built.later).filter(({ file }) => !loaded.has(file ?? ''))
    warnings.push(...later.map(({ message }) => message))
    const named = here.flatMap(({ built }) => built.namedWasm)
    warnings.push(...(await lateWasmWarnings(written, named, known)))
    if (publicFolder !== undefined) {
      const { publicGlueWarnings } = await import('../warn/public-glue.ts')
      const glue = await publicGlueWarnings(publicFolder, { options, project: host.root }, folder)
      ;(publicFolder.isServed ? warnings : notes).push(...glue.map(({ message }) => message))
    }
    const choices = [...here.map(({ built }) => built.choice), ...(choice === undefined ? [] : [choice])]
    warnings.push(...(await warningsOfChoice(written, choices)))
    // Of files beside the bundle, the adapter may have found the same as what looks at the folder.
    const said = [...new Set(warnings)]
    if (options.strict && said.length > 0) host.fail(said)
    else for (const warning of said) host.warn(warning)
    for (const note of notes) host.warn(note)
    const unprinted = here.flatMap(({ built, isPrinted }) =>
      built.manifest.files.filter(
        ({ chunks, isNamed }) => isPrinted !== true || chunks.length === 0 || isNamed === false,
      ),
    )
    const report = formatReport(manifestOf(merge([...unprinted, ...manifest.files])))
    if (report !== '') host.print(report)
  }
}

/** Says which options match nothing or leave out everything, of what the bundler emitted and of what came beside it. */
async function warningsOfChoice(written: WrittenFolder, choices: Choice[]): Promise<string[]> {
  const { folder, options } = written
  // To look into the folder is for few builds.
  if (choiceWarnings(choices, options).length === 0) return []
  const known = new Set(choices.flatMap(({ wasm }) => wasm.map(({ fileName }) => fileName)))
  const others: { fileName: string; size: number }[] = []
  const fileNames = listFiles(folder)
  const compressed = new Set(compressedWasm(fileNames, written))
  for (const fileName of fileNames) {
    if (!(fileName.endsWith('.wasm') || compressed.has(fileName))) continue
    if (known.has(fileName) || !cameWithBuild(fileName, written)) continue
    const { size } = await stat(join(folder, fileName))
    const names = compressed.has(fileName) ? namesOf(fileName) : [fileName]
    others.push(...names.map((name) => ({ fileName: name, size })))
  }
  return choiceWarnings(choices, options, others).map(({ message }) => message)
}

/** One row for each file, with the scripts of all its rows; of those that name it, if any does. */
function merge(rows: ManifestFile[]): ManifestFile[] {
  const files = new Set(rows.map(({ file }) => file))
  return Array.from(files, (file) => {
    const all = rows.filter((row) => row.file === file && row.chunks.length > 0)
    const named = all.filter(({ isNamed }) => isNamed !== false)
    const counted = named.length > 0 ? named : all
    const row = counted[0] ?? rows.find((one) => one.file === file)!
    return { ...row, chunks: [...new Set(counted.flatMap(({ chunks }) => chunks))] }
  })
}
