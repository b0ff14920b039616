import { isHash, type Entry, type Grant } from './entry.ts'
import { folderShelf } from './folder-shelf.ts'
import { Gates } from './gates.ts'
import { createHandler } from './handler.ts'
import { listenOnLoopback } from './listen.ts'
import { memoryShelf } from './memory-shelf.ts'
import { checkOptions, pageOptionsOf, type CosHostOptions } from './options.ts'
import { toGrant } from './origins.ts'
import { readPublicHashList } from './public-hash-list.ts'
import { Registry } from './registry.ts'

/** Options of {@link CosHost.plant}. */
export interface PlantOptions {
  /** Who may read it; `'*'` by default. */
  origins?: Grant
}

/** A running host. */
export interface CosHost {
  /** `http://localhost:<port>`. */
  readonly url: string
  /** The script that gives a page or a worker its `navigator.crossOriginStorage`. */
  readonly scriptUrl: string
  /** What is stored. */
  entries(): Entry[]
  /** Puts bytes under any hash, unchecked, as a faulty or malicious implementation would. */
  plant(hash: string, bytes: Uint8Array, options?: PlantOptions): Promise<void>
  /** Forgets all entries, and what sites have looked up. */
  clear(): Promise<void>
  /** Ends the host and its connections. */
  close(): Promise<void>
}

/**
 * Starts a Cross-Origin Storage on this machine's loopback interface.
 *
 * @throws {TypeError} If an option makes no sense; the message names it.
 * @throws {Error} If the Public Hash List cannot be read, or the port is taken.
 */
export async function startCosHost(options: CosHostOptions = {}): Promise<CosHost> {
  checkOptions(options)
  const { port = 0, folder, publicHashList, grease, probeBudget, quota = Infinity } = options
  const page = pageOptionsOf(options)
  const list = publicHashList === undefined ? undefined : readPublicHashList(publicHashList)
  const gates = new Gates({ publicHashList: list, grease, probeBudget })
  const registry = await Registry.open(
    folder === undefined ? memoryShelf() : await folderShelf(folder),
    quota,
  )
  const server = await listenOnLoopback(createHandler({ registry, gates, page }), port)
  const url = `http://localhost:${server.port}`
  return {
    url,
    scriptUrl: `${url}/cos.js`,
    entries: () => registry.list(),
    async plant(hash, bytes, { origins = '*' } = {}) {
      if (!isHash(hash)) throw new TypeError(`"${hash}" is not a SHA-256 in 64 lowercase hexadecimal digits.`)
      const grant = toGrant(origins)
      const everyone = grant === '*'
      await registry.plant({ hash, storedBy: [], origins: everyone ? [] : grant, everyone }, once(bytes))
    },
    async clear() {
      gates.reset()
      await registry.clear()
    },
    close: () => server.close(),
  }
}

/** A copy, so that the caller may go on using the bytes. */
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield Uint8Array.from(bytes)
}
