import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Shelf } from './shelf.ts'

/** A shelf that lives as long as the host. It holds the chunks as they came, never a joined copy. */
export function memoryShelf(): Shelf {
  const files = new Map<string, Uint8Array[]>()
  return {
    load: async () => [],
    async stage(source) {
      const digest = createHash('sha256')
      const chunks: Uint8Array[] = []
      let size = 0
      for await (const chunk of source) {
        digest.update(chunk)
        chunks.push(chunk)
        size += chunk.byteLength
      }
      return {
        sha256: digest.digest('hex'),
        size,
        async keep(hash) {
          files.set(hash, chunks)
        },
        async discard() {},
      }
    },
    async describe() {},
    open: (hash) => Readable.from(files.get(hash) ?? [], { objectMode: false }),
    async clear() {
      files.clear()
    },
  }
}
