import { createReadStream } from 'node:fs'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as zlib from 'node:zlib'
import type { ContentId } from '@wasm-cos/core'
import { hashFile as hashAsItIs, hashPieces } from '@wasm-cos/core/setup'

/**
 * Hashes what `fetch` delivers of a file, read piece by piece: of a compressed one, which servers send with
 * `Content-Encoding`, what it is compressed from. Runs in a worker too.
 */
export default function hashFile(path: string): Promise<ContentId> {
  const decompress = decompressorOf(path)
  return decompress === undefined
    ? hashAsItIs(path)
    : pipeline(createReadStream(path), decompress, hashPieces)
}

function decompressorOf(path: string): Transform | undefined {
  if (path.endsWith('.wasm.br')) return zlib.createBrotliDecompress()
  if (path.endsWith('.wasm.gz')) return zlib.createGunzip()
  return path.endsWith('.wasm.zst') ? zstandard.createZstdDecompress?.() : undefined
}

/** Node has this since 22.15. */
const zstandard = zlib as unknown as { createZstdDecompress?: () => Transform }
