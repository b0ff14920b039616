import { createReadStream } from 'node:fs'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as zlib from 'node:zlib'
import type { ContentId } from '@wasm-cos/core'
import { hashFile, hashPieces } from '@wasm-cos/core/setup'

/** A file to hash. */
export interface FileToHash {
  path: string
  /** Whether to hash what it is compressed from. */
  isDecoded?: boolean
}

/** Hashes what `fetch` delivers of a file, read piece by piece; of a damaged one, what is there. Runs in a worker too. */
export default function hashDelivered({ path, isDecoded = false }: FileToHash): Promise<ContentId> {
  return isDecoded ? hashDecoded(path).catch(() => hashFile(path)) : hashFile(path)
}

/**
 * Hashes what a file is compressed from.
 *
 * @throws {Error} If it cannot be decompressed.
 */
export function hashDecoded(path: string): Promise<ContentId> {
  const decompress = decompressorOf(path)
  return decompress === undefined ? hashFile(path) : pipeline(createReadStream(path), decompress, hashPieces)
}

function decompressorOf(path: string): Transform | undefined {
  if (path.endsWith('.br')) return zlib.createBrotliDecompress()
  if (path.endsWith('.gz')) return zlib.createGunzip()
  return zstandard.createZstdDecompress?.()
}

/** Node has this since 22.15. */
const zstandard = zlib as unknown as { createZstdDecompress?: () => Transform }
