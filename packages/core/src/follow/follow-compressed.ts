import type { Host } from '../host.ts'
import type { Texts } from '../edit/texts.ts'
import { compress, compressedEndings, decompress } from './compressed.ts'

/**
 * Compresses the copies anew that an output has of files that have changed. A copy of something else keeps its content.
 *
 * @returns New contents by the names of the copies.
 */
export function followCompressed(texts: Texts, host: Pick<Host, 'contentOf'>): Map<string, Uint8Array> {
  const copies = new Map<string, Uint8Array>()
  for (const [fileName, text] of texts.changed) {
    for (const ending of compressedEndings) {
      const copy = host.contentOf(fileName + ending)
      if (copy === undefined || typeof copy === 'string') continue
      if (decompress(ending, copy)?.toString() !== texts.original(fileName)) continue
      copies.set(fileName + ending, compress(ending, text)!)
    }
  }
  return copies
}
