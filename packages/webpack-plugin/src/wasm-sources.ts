import { resolve } from 'node:path'
import type { MeasuredSourceFile } from '@wasm-cos/core'
import { measureSources } from '@wasm-cos/core/setup'
import type { Asset, Compilation } from './webpack-like.ts'

/**
 * Hashes the wasm files that a compilation was made from: its modules, and files that a plugin copied. The bundlers
 * don't say of every emitted file which of them it is.
 */
export function measureWasmSources({
  modules,
  fileDependencies,
}: Compilation): Promise<MeasuredSourceFile[]> {
  const paths = [...Array.from(modules, (module) => module.nameForCondition()), ...fileDependencies]
  return measureSources(new Set(paths.flatMap((path) => (path?.endsWith('.wasm') ? path : []))))
}

/** What an emitted wasm file was made from, if the bundler says so. */
export async function namedSourceOf(
  { info: { sourceFilename } }: Asset,
  context: string,
  candidates: MeasuredSourceFile[],
): Promise<MeasuredSourceFile[]> {
  if (sourceFilename === undefined) return []
  const path = resolve(context, sourceFilename.replace(/\?.*$/s, ''))
  const known = candidates.filter((candidate) => candidate.path === path)
  return known.length > 0 ? known : measureSources([path])
}
