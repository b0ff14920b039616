import { isHash, type Entry, type Grant } from './entry.ts'
import { folderShelf } from './folder-shelf.ts'
import { createHandler } from './handler.ts'
import { listenOnLoopback } from './listen.ts'
import { memoryShelf } from './memory-shelf.ts'
import { checkMethods, defaultMethods, type Method } from './methods.ts'
import { Registry } from './registry.ts'

/** Options of {@link startCosHost}. */
export interface CosHostOptions {
  /** The port; by default any free one. */
  port?: number
  /** A folder to keep entries in; by default they live in memory, as long as the host. */
  folder?: string
  /** The names under which pages find the API's method, unless their script's URL says otherwise (`?methods=`). */
  methods?: Method[]
  /**
   * Whether the API's functions print as native code on pages, unless their script's URL says otherwise (`?native=`):
   * a disguise for tests of code that trusts a browser's own storage more than a script's. `false` by default.
   */
  native?: boolean
}

/** Options of {@link CosHost.plant}. */
export interface PlantOptions {
  /** Who may read it; `'*'` by default. */
  origins?: Grant
  /** Media type; none by default. */
  type?: string
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
  /** Forgets all entries. */
  clear(): Promise<void>
  /** Ends the host and its connections. */
  close(): Promise<void>
}

/** Starts a Cross-Origin Storage on this machine's loopback interface. */
export async function startCosHost(options: CosHostOptions = {}): Promise<CosHost> {
  const { port = 0, folder, native = false } = options
  const methods = checkMethods(options.methods ?? defaultMethods)
  const registry = await Registry.open(folder === undefined ? memoryShelf() : await folderShelf(folder))
  const server = await listenOnLoopback(createHandler(registry, { methods, native }), port)
  const url = `http://localhost:${server.port}`
  return {
    url,
    scriptUrl: `${url}/cos.js`,
    entries: () => registry.list(),
    async plant(hash, bytes, { origins = '*', type = '' } = {}) {
      if (!isHash(hash)) throw new TypeError(`"${hash}" is not a SHA-256 in 64 lowercase hexadecimal digits.`)
      await registry.plant({ hash, type, origins, storedBy: [] }, once(bytes))
    },
    clear: () => registry.clear(),
    close: () => server.close(),
  }
}

/** A copy, so that the caller may go on using the bytes. */
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield Uint8Array.from(bytes)
}
