import { readFile } from 'node:fs/promises'
import type { SourceFile } from '@wasm-cos/core'

/** Reads the files that others were made from. */
export async function readSources(paths: Iterable<string>): Promise<SourceFile[]> {
  return (await Promise.all(Array.from(paths, readSource))).flat()
}

/** A module need not be a file: what another plugin made up has no source to read. */
async function readSource(path: string): Promise<SourceFile[]> {
  try {
    return [{ path, bytes: await readFile(path) }]
  } catch {
    return []
  }
}
