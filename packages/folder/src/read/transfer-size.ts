import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { HashedWasmFile } from '@wasm-cos/core'
import { compressedCopies } from './compressed-copies.ts'
import type { Folder } from '../read.ts'

/** Bytes that a file takes over the network: of the smallest compressed copy beside it, else as gzip makes it. */
export async function transferSize(folder: Folder, { fileName, size }: HashedWasmFile): Promise<number> {
  const fileNames = new Set(folder.fileNames)
  const isOnDisk = fileNames.has(fileName)
  const copies = [
    ...compressedCopies(fileName, fileNames),
    ...(/\.(br|gz)$/.test(fileName) ? [fileName] : []),
  ]
  const sizes = await Promise.all(copies.map(async (name) => (await stat(join(folder.path, name))).size))
  return Math.min(
    size,
    ...(sizes.length > 0 || !isOnDisk ? sizes : [await gzipSize(join(folder.path, fileName))]),
  )
}

async function gzipSize(path: string): Promise<number> {
  let size = 0
  const counter = new Writable({
    write(piece: Uint8Array, _, done) {
      size += piece.byteLength
      done()
    },
  })
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), createGzip(), counter)
  return size
}
