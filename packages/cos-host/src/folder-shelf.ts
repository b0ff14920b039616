import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isHash, type Entry } from './entry.ts'
import type { Shelf } from './shelf.ts'

/**
 * A shelf that survives the host: `<hash>` holds an entry's bytes and `<hash>.json` the entry.
 * Both are renamed into place, so a host that is killed leaves whole files or none.
 */
export async function folderShelf(folder: string): Promise<Shelf> {
  await mkdir(folder, { recursive: true })
  const bytesOf = (hash: string) => join(folder, hash)
  const entryOf = (hash: string) => join(folder, `${hash}.json`)
  const temporary = () => join(folder, `${randomUUID()}.tmp`)
  const ours = async () => (await readdir(folder)).filter((name) => isHash(name.replace(/\.json$/, '')))

  return {
    async load() {
      const described = (await ours()).filter((name) => name.endsWith('.json'))
      return Promise.all(
        described.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Entry),
      )
    },
    async stage(source) {
      const file = temporary()
      const digest = createHash('sha256')
      let size = 0
      const tap = async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          digest.update(chunk)
          size += chunk.byteLength
          yield chunk
        }
      }
      try {
        await pipeline(source, tap, createWriteStream(file))
      } catch (error) {
        await rm(file, { force: true })
        throw error
      }
      return {
        sha256: digest.digest('hex'),
        size,
        keep: (hash) => rename(file, bytesOf(hash)),
        discard: () => rm(file, { force: true }),
      }
    },
    async describe(entry) {
      const file = temporary()
      await writeFile(file, JSON.stringify(entry, undefined, 2))
      await rename(file, entryOf(entry.hash))
    },
    open: (hash) => createReadStream(bytesOf(hash)),
    async clear() {
      await Promise.all((await ours()).map((name) => rm(join(folder, name), { force: true })))
    },
  }
}
