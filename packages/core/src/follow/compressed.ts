import * as zlib from 'node:zlib'

/** A way in which servers send a file compressed that lies beside it under its name with another ending. */
interface Compression {
  ending: string
  compress: (bytes: Uint8Array) => Buffer
  decompress: (bytes: Uint8Array) => Buffer
}

/** The functions for Zstandard, which Node has since 22.15. */
interface Zstandard {
  zstdCompressSync(bytes: Uint8Array, options: { params: Record<number, number> }): Buffer
  zstdDecompressSync(bytes: Uint8Array): Buffer
}
const zstandard = zlib as unknown as Zstandard

/** The number of the parameter `ZSTD_c_compressionLevel`. */
const zstandardLevel = 100

/** The ways that servers know. Each compresses as densely as it can within seconds. */
const compressions: Compression[] = [
  {
    ending: '.gz',
    compress: (bytes) => zlib.gzipSync(bytes, { level: 9 }),
    decompress: zlib.gunzipSync,
  },
  { ending: '.br', compress: zlib.brotliCompressSync, decompress: zlib.brotliDecompressSync },
  {
    ending: '.zst',
    compress: (bytes) => zstandard.zstdCompressSync(bytes, { params: { [zstandardLevel]: 19 } }),
    decompress: (bytes) => zstandard.zstdDecompressSync(bytes),
  },
]

/** The endings of compressed copies. */
export const compressedEndings: readonly string[] = compressions.map(({ ending }) => ending)

/**
 * Decompresses a file.
 *
 * @returns Undefined if it is not what its name says, or if this version of Node cannot.
 */
export function decompress(fileName: string, bytes: Uint8Array): Buffer | undefined {
  try {
    return compressionOf(fileName)?.decompress(bytes)
  } catch {
    return undefined
  }
}

/**
 * Compresses a content.
 *
 * @returns Undefined if this version of Node cannot.
 */
export function compress(fileName: string, content: string | Uint8Array): Buffer | undefined {
  try {
    return compressionOf(fileName)?.compress(Buffer.from(content))
  } catch {
    return undefined
  }
}

/** Whether {@link compress} can make a file, by its name. */
export function canCompress(fileName: string): boolean {
  return compress(fileName, '') !== undefined
}

function compressionOf(fileName: string): Compression | undefined {
  return compressions.find(({ ending }) => fileName.endsWith(ending))
}
