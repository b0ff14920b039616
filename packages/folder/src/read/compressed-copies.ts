import { compressedEndings } from '@wasm-cos/core'
import type { Folder } from '../read.ts'

/** The compressed files beside a file, which servers send in its place. */
export function compressedCopies(fileName: string, { fileNames }: Folder): string[] {
  return compressedEndings.map((ending) => fileName + ending).filter((name) => fileNames.includes(name))
}
