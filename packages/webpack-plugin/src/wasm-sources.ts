import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { SourceFile } from '@wasm-cos/core'
import type { Asset, Compilation } from './webpack-like.ts'

/** Reads the wasm modules of a compilation: the bundlers don't say of every emitted file which module it is. */
export async function readWasmModules({ modules }: Compilation): Promise<SourceFile[]> {
  const paths = [...modules]
    .map((module) => module.nameForCondition())
    .filter((path) => path?.endsWith('.wasm'))
  return (await Promise.all([...new Set(paths)].map((path) => readSource(path!)))).flat()
}

/** What an emitted wasm file was made from: what the bundler says, and modules of the same bytes. */
export async function sourcesOf(
  { source, info: { sourceFilename } }: Asset,
  context: string,
  modules: SourceFile[],
): Promise<SourceFile[]> {
  const path = sourceFilename && resolve(context, sourceFilename.replace(/\?.*$/s, ''))
  const named = path ? await readSource(path) : []
  const bytes = source.buffer()
  const same = modules.filter((module) => module.path !== path && bytes.equals(module.bytes))
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
