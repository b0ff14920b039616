import { resolve } from 'node:path'
import type { HashedSourceFile } from '@wasm-cos/core'
import { type EarlySources, hashSources } from '@wasm-cos/core/setup'
import type { Asset, Compilation, Module } from './webpack-types.ts'

/**
 * Hashes the wasm files that a compilation was made from: its modules, and files that a plugin copied. The bundlers
 * do not say of every emitted file which of these it was made from.
 */
export function hashWasmSources(
  { modules, fileDependencies }: Compilation,
  early: EarlySources,
): Promise<HashedSourceFile[]> {
  return early.hash(new Set([...wasmModulesIn(modules), ...[...fileDependencies].filter(isWasm)]))
}

/** The paths of those modules that are wasm. */
export function wasmModulesIn(modules: Iterable<Module>): string[] {
  const paths = Array.from(modules, (module) => module.nameForCondition() ?? '')
  return paths.filter(isWasm)
}

function isWasm(path: string): boolean {
  return path.endsWith('.wasm')
}

/** The file that an emitted wasm file was made from, if the bundler says so. */
export async function namedSourceOf(
  { info: { sourceFilename } }: Asset,
  context: string,
  candidates: HashedSourceFile[],
): Promise<HashedSourceFile[]> {
  if (sourceFilename === undefined) return []
  const path = resolve(context, sourceFilename.replace(/\?.*$/s, ''))
  const known = candidates.filter((candidate) => candidate.path === path)
  return known.length > 0 ? known : hashSources([path])
}
