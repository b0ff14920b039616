import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { hashPieces } from '../hash/hash-sources.ts'
import type { Pieces, WrittenOutput } from '../host.ts'
import type { ContentId, HashedFile } from '../output.ts'

/**
 * Compares what was written with the hashes that scripts carry: every bundler lets later plugins and steps change a file.
 * Of a file that was compressed and then removed, what the compressed copy holds is compared.
 *
 * @returns What is wrong with each file that differs or is missing, as messages for the user.
 */
export async function compareWritten(written: WrittenOutput): Promise<string[]> {
  const messages = await Promise.all(written.files.map((file) => compareFile(file, written)))
  return messages.filter((message) => message !== undefined)
}

async function compareFile(file: HashedFile, written: WrittenOutput): Promise<string | undefined> {
  const { fileName, hash } = file
  let content: ContentId | undefined
  try {
    const pieces = await written.readWritten(fileName)
    content = pieces && (await hashPieces(pieces))
  } catch (error) {
    if (await isThereCompressed(file, written)) return undefined
    return `${fileName} cannot be read from the output (${(error as Error).message}): a later step removed it, although chunks carry its hash.`
  }
  if (content === undefined || content.hash.value === hash.value) return undefined
  return (
    `${fileName} was changed after its hash was embedded: a later plugin or step rewrote it. ` +
    `${written.advice}, or run "npx wasm-cos repair" after the build.`
  )
}

/** Whether a compressed copy has the content; of Zstandard, which not every Node can read, its name has to do. */
async function isThereCompressed({ fileName, hash }: HashedFile, written: WrittenOutput): Promise<boolean> {
  const copies = await Promise.all([
    hashCompressed(`${fileName}.br`, written, createBrotliDecompress),
    hashCompressed(`${fileName}.gz`, written, createGunzip),
    hashCompressed(`${fileName}.zst`, written),
  ])
  return copies.some((copy) => copy === 'unknown' || copy?.hash.value === hash.value)
}

async function hashCompressed(
  fileName: string,
  written: WrittenOutput,
  decompress?: () => NodeJS.ReadWriteStream,
): Promise<ContentId | 'unknown' | undefined> {
  try {
    const pieces = await written.readWritten(fileName)
    if (pieces === undefined) return undefined
    if (decompress === undefined) return 'unknown'
    return await hashPieces(compose(pieces, decompress()))
  } catch {
    return undefined
  }
}

function compose(pieces: Pieces, stream: NodeJS.ReadWriteStream): AsyncIterable<Uint8Array> {
  return Readable.from(copiesOf(pieces)).compose(stream) as AsyncIterable<Uint8Array>
}

/** Copies each piece of a content: a host may overwrite it when the next one is asked for, and a stream asks ahead. */
async function* copiesOf(pieces: Pieces): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Uint8Array.from(piece)
}
