import { resolve } from 'node:path'
import { HashListError, readHashList } from '@wasm-cos/core/hash-list'

/** The hashes that every site may know to be stored. */
export type PublicHashList = ReturnType<typeof readHashList>

/**
 * Reads a Public Hash List in any form that wasm-cos takes.
 *
 * @throws {Error} If the file is no such list; the message says what it is, and what to do.
 */
export function readPublicHashList(file: string): PublicHashList {
  try {
    return readHashList(resolve(file))
  } catch (error) {
    if (!(error instanceof HashListError)) throw error
    throw new Error(`"publicHashList" is ${file}, which ${error.message}.`, { cause: error })
  }
}
