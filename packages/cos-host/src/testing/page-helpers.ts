import type { Faults } from '../faults.ts'
import type { FileHandle } from '../page/api.ts'

/** What a step came to. */
export interface Observation {
  how: 'threw' | 'rejected' | 'returned' | 'pending'
  /** The error's name, or the value as JSON or `String()` has it. */
  what: string
  isDOMException?: boolean
}

interface Hash {
  algorithm: string
  value: string
}

declare global {
  interface Navigator {
    readonly crossOriginStorage: {
      getFileHandle(hash: unknown, options?: unknown): Promise<FileHandle>
      requestFileHandle(hash: unknown, options?: unknown): Promise<FileHandle>
      requestFileHandles(hashes: unknown, options?: unknown): Promise<FileHandle[]>
    }
  }
  var crossOriginStorageFaults: Faults
  var CrossOriginStorageManager: Function & { prototype: object }
  var hashOf: (content: BlobPart) => Promise<Hash>
  var write: (content: BlobPart, origins?: unknown, hash?: Hash) => Promise<string>
  var read: (content: BlobPart) => Promise<string>
  /** A handle on a file, to write it with `create`. */
  var handleOf: (content: BlobPart, options?: object) => Promise<FileSystemFileHandle>
  var ask: (worker: Worker | ServiceWorker | MessagePort, message: string) => Promise<unknown>
  var observe: (step: () => unknown, patience?: number) => Promise<Observation>
}

/** Defines the functions above on a page's or worker's global; it is sent there as text. */
export function definePageHelpers(): void {
  globalThis.hashOf = async (content) => {
    const digest = await crypto.subtle.digest('SHA-256', await new Blob([content]).arrayBuffer())
    const value = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
    return { algorithm: 'SHA-256', value }
  }
  const nameOf = (error: unknown) => (error as Error).name

  globalThis.write = async (content, origins, hash) => {
    try {
      const options = origins === undefined ? { create: true } : { create: true, origins }
      const handle = await navigator.crossOriginStorage.getFileHandle(
        hash ?? (await hashOf(content)),
        options,
      )
      const writable = (await handle.createWritable()) as FileSystemWritableFileStream
      await writable.write(new Blob([content], { type: 'text/plain' }))
      await writable.close()
      return 'stored'
    } catch (error) {
      return nameOf(error)
    }
  }

  globalThis.read = async (content) => {
    try {
      const handle = await navigator.crossOriginStorage.getFileHandle(await hashOf(content))
      return (await handle.getFile()).text()
    } catch (error) {
      return nameOf(error)
    }
  }

  globalThis.handleOf = async (content, options) =>
    (await navigator.crossOriginStorage.getFileHandle(await hashOf(content), options)) as FileSystemFileHandle

  globalThis.ask = (worker, message) => {
    const { port1, port2 } = new MessageChannel()
    worker.postMessage(message, [port2])
    port1.start()
    return new Promise((resolve) =>
      port1.addEventListener('message', ({ data }) => resolve(data), { once: true }),
    )
  }

  globalThis.observe = async (step, patience) => {
    const failed = (how: 'threw' | 'rejected') => (error: unknown) => ({
      how,
      what: String((error as Error | undefined)?.name),
      isDOMException: error instanceof DOMException,
    })
    let returned: unknown
    try {
      returned = step()
    } catch (error) {
      return failed('threw')(error)
    }
    const settled = Promise.resolve(returned).then(
      (value): Observation => ({ how: 'returned', what: JSON.stringify(value) ?? String(value) }),
      failed('rejected'),
    )
    if (patience === undefined) return settled
    const pending: Observation = { how: 'pending', what: '' }
    return Promise.race([
      settled,
      new Promise<Observation>((resolve) => setTimeout(resolve, patience, pending)),
    ])
  }
}
