import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { SourceFile } from '@wasm-cos/core'
import type { Asset, Compilation } from './webpack-like.ts'

/**
 * Reads the wasm files that a compilation was made from: its modules, and files that a plugin copied. The bundlers
 * don't say of every emitted file which of them it is.
 */
export async function readWasmSources({ modules, fileDependencies }: Compilation): Promise<SourceFile[]> {
  const paths = [...Array.from(modules, (module) => module.nameForCondition()), ...fileDependencies]
  const wasm = new Set(paths.filter((path) => path?.endsWith('.wasm')))
  return (await Promise.all([...wasm].map((path) => readSource(path!)))).flat()
}

/** What an emitted wasm file was made from: what the bundler says, and files of the same bytes. */
export async function sourcesOf(
  { info: { sourceFilename } }: Asset,
  bytes: Buffer,
  context: string,
  candidates: SourceFile[],
): Promise<SourceFile[]> {
  const path = sourceFilename && resolve(context, sourceFilename.replace(/\?.*$/s, ''))
  const read = candidates.filter((candidate) => candidate.path === path)
  const named = path && read.length === 0 ? await readSource(path) : read
  const same = candidates.filter((candidate) => candidate.path !== path && bytes.equals(candidate.bytes))
  return [...named, ...same]
}

/** A module need not be a file: what another plugin made up has no source to read. */
async function readSource(path: string): Promise<SourceFile[]> {
  try {
    return [{ path, bytes: await readFile(path) }]
  } catch {
    return []
  }
}
