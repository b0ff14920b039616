import { basename, join } from 'node:path'
import {
  findDependencyFiles,
  hasString,
  type HashedWasmFile,
  matchDependencyFiles,
  type ScriptFile,
} from '@wasm-cos/core'
import { dependencyCopiesOf } from '../read/dependency-copies.ts'
import { hashFiles } from '../read/hash-files.ts'
import { findWasmFiles } from '../read/wasm-files.ts'
import type { WrittenFolder } from './written-folder.ts'

/**
 * Finds the wasm files that these scripts may load: those that they name, and those that no script of the bundle loads.
 *
 * @param loaded What scripts of the bundle load.
 */
export async function findWasm(
  { folder, files, project }: WrittenFolder,
  fileNames: string[],
  {
    texts,
    scripts,
    loaded,
  }: { texts: Map<string, string>; scripts: ScriptFile[]; loaded: ReadonlySet<string> },
): Promise<HashedWasmFile[]> {
  const found = findWasmFiles(fileNames, texts).filter(
    // Scripts of the bundle may be the ones that decompress what ships compressed alone.
    ({ fileName, onDisk }) =>
      (!loaded.has(fileName) && onDisk.endsWith('.wasm')) || isNamed(fileName, scripts),
  )
  const contents = await hashFiles(
    found.map(({ onDisk, isDecoded }) => ({ path: join(folder, onDisk), isDecoded })),
  )
  const shipped = await matchDependencyFiles(await findDependencyFiles(project), contents)
  return found.map(({ fileName }, index): HashedWasmFile => {
    const content = contents[index]!
    const known = files.find((file) => file.fileName === fileName)
    const sources = (known?.sources ?? []).flatMap((source) => ('hash' in source ? source : []))
    return {
      type: 'wasm',
      fileName,
      ...content,
      sources: [...dependencyCopiesOf({ fileName, ...content }, shipped), ...sources],
    }
  })
}

/** Whether one of the scripts names a file. */
export function isNamed(fileName: string, scripts: ScriptFile[]): boolean {
  return scripts.some(({ code }) => hasString(code, basename(fileName)))
}
