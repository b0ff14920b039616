import { resolve } from 'node:path'
import { hashOutput, hashSources, type OutputFile, readScript, type WasmFile } from '@wasm-cos/core'
import type { BuildOptions, Metafile, OutputFile as EmittedFile } from 'esbuild'
import { loaderOf } from './loaders.ts'
import type { OutputFolder } from './output-folder.ts'

type OutputRecord = Metafile['outputs'][string]

/** Reads what a build emits: scripts and wasm, which is hashed. */
export async function readOutput(
  emitted: EmittedFile[],
  metafile: Metafile,
  folder: OutputFolder,
  options: BuildOptions,
): Promise<OutputFile[]> {
  const isScript = scriptPattern(options)
  const { outputs } = metafile
  const imported = new Set(
    Object.values(outputs).flatMap(({ imports }) => imports.flatMap(({ path }) => outputs[path] ?? [])),
  )
  const files = emitted.map(async (file): Promise<OutputFile | undefined> => {
    const fileName = folder.fileNameOf(file.path)
    const record = metafile.outputs[folder.recordNameOf(file.path)]
    if (fileName.endsWith('.wasm')) return readWasm(fileName, file, record, folder.root)
    return isScript.test(fileName) ? readEmitted(fileName, file, record, options, imported) : undefined
  })
  return hashOutput((await Promise.all(files)).filter((file) => file !== undefined))
}

function scriptPattern({ outExtension }: BuildOptions): RegExp {
  const extension = outExtension?.['.js']
  return extension === undefined
    ? /\.[cm]?js$/
    : new RegExp(`(\\.[cm]?js|${extension.replaceAll('.', String.raw`\.`)})$`)
}

function readEmitted(
  fileName: string,
  { contents }: EmittedFile,
  record: OutputRecord | undefined,
  options: BuildOptions,
  imported: ReadonlySet<OutputRecord>,
): OutputFile {
  const isCopy = Object.keys(record?.inputs ?? {}).some((input) =>
    ['copy', 'file'].includes(loaderOf(pathOfInput(input), options) ?? ''),
  )
  // What was copied runs as what it is; esbuild does not know.
  const isModule = options.format === 'esm' && record !== undefined && !(isCopy && hasOneInput(record))
  if (!isModule) return readScript(fileName, contents)
  return readScript(fileName, contents, { format: imported.has(record) ? 'module' : 'either' })
}

function hasOneInput({ inputs }: OutputRecord): boolean {
  return Object.keys(inputs).length === 1
}

async function readWasm(
  fileName: string,
  { contents }: EmittedFile,
  record: OutputRecord | undefined,
  root: string,
): Promise<WasmFile> {
  const paths = Object.keys(record?.inputs ?? {}).map((input) => resolve(root, pathOfInput(input)))
  return { type: 'wasm', fileName, bytes: contents, sources: await hashSources(paths) }
}

/** The path of a module of the metafile, which adds the import attributes to it. */
export function pathOfInput(input: string): string {
  return input.replace(/ with \{.*\}$/, '')
}
