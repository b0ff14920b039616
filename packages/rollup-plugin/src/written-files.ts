import { createReadStream } from 'node:fs'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { HashedFile } from '@wasm-cos/core'

/**
 * Compares files on disk with the hashes that were embedded.
 *
 * @param folder The output folder.
 * @returns What is wrong with each file that differs or is missing, as messages for the user.
 */
export async function checkWrittenFiles(folder: string, files: HashedFile[]): Promise<string[]> {
  const messages = await Promise.all(files.map((file) => checkFile(folder, file)))
  return messages.filter((message) => message !== undefined)
}

async function checkFile(folder: string, { fileName, hash }: HashedFile): Promise<string | undefined> {
  const path = resolve(folder, fileName)
  const digest = createHash('sha256')
  try {
    await pipeline(createReadStream(path), digest)
  } catch (error) {
    return `${fileName} cannot be read from the output (${(error as Error).message}): a later step removed it, although chunks carry its hash.`
  }
  if (digest.digest('hex') === hash.value) return undefined
  return (
    `${fileName} was changed after its hash was embedded: a later plugin or step rewrote it on disk. ` +
    `Change wasm files in generateBundle or before, and list that plugin before wasm-cos; or run "npx wasm-cos repair" after it.`
  )
}
