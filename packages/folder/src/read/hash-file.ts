import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { ContentId } from '@wasm-cos/core'
import { hashFile as hashPieces } from '@wasm-cos/core/setup'

/**
 * Hashes what `fetch` delivers of a file, read piece by piece: of a compressed one, which servers send with
 * `Content-Encoding`, what it is compressed from. Runs in a worker too.
 */
export default async function hashFile(path: string): Promise<ContentId> {
  const decompress = decompressorOf(path)
  if (decompress === undefined) return hashPieces(path)
  const digest = createHash('sha256')
  let size = 0
  const counter = new Writable({
    write(piece: Uint8Array, _, done) {
      size += piece.byteLength
      digest.update(piece)
      done()
    },
  })
  await pipeline(createReadStream(path), decompress, counter)
  return { size, hash: { algorithm: 'SHA-256', value: digest.digest('hex') } }
}

function decompressorOf(path: string): NodeJS.ReadWriteStream | undefined {
  if (path.endsWith('.wasm.br')) return createBrotliDecompress()
  return path.endsWith('.wasm.gz') ? createGunzip() : undefined
}
