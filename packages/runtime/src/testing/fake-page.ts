import { createHash } from 'node:crypto'
import { vi } from 'vitest'
import type { GetFileHandleOptions, WasmHash } from '../api.ts'
import { stores } from '../stub/answer.ts'
import { createCosFetch } from '../stub/create-cos-fetch.ts'
import type { Places } from '../stub/places.ts'
import type { StubFile, Trust } from '../stub/table.ts'
import type { CosDetail } from '../timing.ts'

// What the stub's unit tests run in: just enough of a page, without a browser.

export const page = 'https://page.example/app/index.html'
export const url = 'https://page.example/app/assets/module-abc.wasm'

/** Any bytes will do: nothing compiles them here. */
export const bytes: Uint8Array<ArrayBuffer> = new TextEncoder().encode('the bytes of a module')
export const hash: WasmHash = {
  algorithm: 'SHA-256',
  value: createHash('sha256').update(bytes).digest('hex'),
}
export const file: StubFile = ['assets/module-abc.wasm', bytes.byteLength, hash, '*']

/** What the storage was asked to write. */
export interface Written {
  hash: WasmHash
  options: GetFileHandleOptions
  type: string
  text: string
}

/** A storage that behaves; tests break one step of it. As a browser's, its method refuses to be called on anything else. */
export class FakeStorage {
  readonly #isReal = true
  stored: Map<string, Blob> = new Map()
  written: Written[] = []
  lookups: number = 0

  async getFileHandle(hash: WasmHash, options: GetFileHandleOptions = {}): Promise<unknown> {
    if (!this.#isReal || options.create) return this.writeHandle(hash, options)
    this.lookups++
    const stored = this.stored.get(hash.value)
    if (stored === undefined) throw new DOMException('It is not stored.', 'NotFoundError')
    return { getFile: async () => new File([stored], 'file') }
  }

  private writeHandle(hash: WasmHash, options: GetFileHandleOptions): unknown {
    let blob = new Blob()
    return {
      createWritable: async () => ({
        write: async (written: Blob) => (blob = written),
        close: async () => {
          this.stored.set(hash.value, blob)
          this.written.push({ hash, options, type: blob.type, text: await blob.text() })
        },
      }),
    }
  }
}

/** One measure the stub left. */
export type Report = { event: string } & Partial<CosDetail>

/**
 * Sets up the globals of a page; {@link closePage} takes them away.
 *
 * @param storage Its Cross-Origin Storage, as the extension has it: an own property of the navigator.
 */
export function openPage(storage?: object): { network: ReturnType<typeof vi.fn<typeof fetch>> } {
  const network = vi.fn<typeof fetch>(
    async () => new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } }),
  )
  let queue: Promise<unknown> = Promise.resolve()
  vi.stubGlobal('self', globalThis)
  vi.stubGlobal('location', new URL(page))
  vi.stubGlobal('fetch', network)
  vi.stubGlobal('INTEGRITY', false)
  vi.stubGlobal('RETHROWS', true)
  vi.stubGlobal('navigator', {
    ...(storage !== undefined && { crossOriginStorage: storage }),
    locks: {
      request: (_: string, callback: () => Promise<void>) =>
        (queue = queue.then(callback, callback)) as Promise<void>,
    },
  })
  return { network }
}

/** Where a build served from `https://page.example/app/` has its files. */
export const places: Places = [[['https://page.example/app/assets/index.js', 'assets/index.js']], [], []]

/** The stub for {@link file}, which trusts the browser's own API. */
export function stub(
  trust: Trust = 1,
  where: Places = places,
  files: StubFile[] = [file],
): (own?: typeof fetch) => typeof fetch {
  return createCosFetch(files, where, trust, 100)
}

/** What a script calls as `fetch` that has the stub; what it is called on takes the place of the global one. */
export function cosFetch(...args: Parameters<typeof stub>): typeof fetch {
  const fetchOf = stub(...args)
  return function (this: typeof fetch | undefined, ...args) {
    return fetchOf(this)(...args)
  }
}

/** Makes a storage the browser's own: an accessor, a class, and methods that show themselves like this. */
export function makeNative(
  storage: object,
  text = (name: string) => `function ${name}() { [native code] }`,
): void {
  const prototype = Object.getPrototypeOf(storage) as Record<string, unknown>
  const { toString } = Function.prototype
  vi.spyOn(Function.prototype, 'toString').mockImplementation(function (this: unknown) {
    if (this === URL) return text('URL')
    const name = Object.getOwnPropertyNames(prototype).find((name) => prototype[name] === this)
    return name === undefined ? toString.call(this) : text(name)
  })
  vi.stubGlobal('CrossOriginStorageManager', storage.constructor)
  const { crossOriginStorage: _, ...own } = navigator as never as Record<string, unknown>
  vi.stubGlobal(
    'navigator',
    Object.assign(
      Object.create({
        get crossOriginStorage() {
          return storage
        },
      }),
      own,
    ),
  )
}

/** Waits for the stores that are still under way and takes the page away. */
export async function closePage(): Promise<void> {
  await Promise.all(Object.values(stores))
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
  performance.clearMeasures()
}

/** What the stub reported so far. */
export function entries(): Report[] {
  return performance
    .getEntriesByType('measure')
    .map((entry) =>
      Object.assign({ event: entry.name.replace('wasm-cos:', '') }, (entry as PerformanceMeasure).detail),
    )
}

/** Waits for the stub to report a store or its failure. */
export async function settled(event: string, count = 1): Promise<Report[]> {
  return vi.waitFor(() => {
    const all = entries()
    if (all.filter((entry) => entry.event === event).length < count)
      throw new Error(`No ${count} × ${event} among ${JSON.stringify(all)}`)
    return all
  })
}
