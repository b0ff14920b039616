import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Folder } from '../folder.ts'

const compressGzip = promisify(gzip)
const compressBrotli = promisify(brotliCompress)

/** Ends of the names of compressed files that servers send in the place of the file itself. */
const ends = ['.gz', '.br', '.zst'] as const

/** The compressed files beside a file. */
export function compressedOf(fileName: string, { fileNames }: Folder): string[] {
  return ends.map((end) => fileName + end).filter((name) => fileNames.includes(name))
}

/** Whether {@link compress} can make it. */
export function canCompress(compressedName: string): boolean {
  return !compressedName.endsWith('.zst')
}

/** Compresses a text as densely as `.gz` and `.br` can. */
export function compress(compressedName: string, text: string): Promise<Uint8Array> {
  if (compressedName.endsWith('.gz')) return compressGzip(text, { level: 9 })
  return compressBrotli(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  })
}
