import { compressedEndings } from '@wasm-cos/core'

/**
 * The compressed files beside a file, which servers send in its place.
 *
 * @param fileNames Every file of the folder.
 */
export function compressedCopies(fileName: string, fileNames: ReadonlySet<string>): string[] {
  return compressedEndings.map((ending) => fileName + ending).filter((name) => fileNames.has(name))
}
