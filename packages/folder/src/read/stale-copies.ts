import { join } from 'node:path'
import { canCompress, type HashedWasmFile } from '@wasm-cos/core'
import { compressedCopies } from './compressed-copies.ts'
import { hashDecoded } from './hash-file.ts'

/** A compressed copy of a wasm file that holds something else than the file. */
export interface StaleCopy {
  /** The wasm file, by path within the folder. */
  file: string
  /** The compressed copy. */
  copy: string
  /** What is wrong and what to do, in words. */
  problem: string
}

/**
 * Finds compressed copies that were made before their wasm file changed (`wasm-opt` after a compression plugin). Servers send
 * them in the file's place, and nothing that they send has the hash that scripts carry.
 *
 * @param root Absolute path of the folder.
 * @param fileNames Every file of it.
 * @param hashed The files that the wasm files were hashed of: some are there only compressed.
 */
export async function findStaleCopies(
  root: string,
  fileNames: string[],
  wasm: HashedWasmFile[],
  hashed: ReadonlySet<string>,
): Promise<StaleCopy[]> {
  const names = new Set(fileNames.filter((name) => !hashed.has(name)))
  const found: StaleCopy[] = []
  for (const { fileName, hash } of wasm) {
    // Node cannot read .zst before 22.15.
    for (const copy of compressedCopies(fileName, names).filter(canCompress)) {
      const content = await hashDecoded(join(root, copy)).catch(() => undefined)
      if (content?.hash.value === hash.value) continue
      const what = content === undefined ? 'cannot be decompressed' : `holds other bytes than ${fileName}`
      found.push({
        file: fileName,
        copy,
        problem:
          `${copy} ${what}, in whose place servers send it: browsers get what has not the hash that scripts carry. ` +
          'Compress the file again, or remove the copy.',
      })
    }
  }
  return found
}
