import type { FileHandle, HandleRequest, WriteChunk } from './api.ts'
import type { Client } from './client.ts'
import type { FaultPlayer } from './fault-player.ts'
import { CosWritable } from './writable.ts'

/** What a handle works with. */
export interface Connection {
  client: Client
  faults: FaultPlayer
}

/**
 * A handle on a file of the storage. One that was had to read never writes; one that was had to write reads only after
 * its own write: whether it may is the handle's, not the file's.
 */
export class Handle implements FileHandle {
  readonly #request: HandleRequest
  readonly #connection: Connection
  #mayRead: boolean

  constructor(request: HandleRequest, connection: Connection) {
    this.#request = request
    this.#connection = connection
    this.#mayRead = !request.create
  }

  get kind(): 'file' {
    return 'file'
  }

  /** The hash: a file of the storage has no other name. */
  get name(): string {
    return this.#request.hash
  }

  getFile(): Promise<File> {
    const { client, faults } = this.#connection
    return faults.run('getFile', async () => {
      if (!this.#mayRead) refuse('This handle reads once the file was written through it.')
      return faults.spoil(await client.read(this.name))
    })
  }

  /** A stream that starts empty, whatever its options say: what is stored is only ever what was written. */
  createWritable(): Promise<WritableStream<WriteChunk>> {
    const { client, faults } = this.#connection
    return faults.run('createWritable', async () => {
      if (!this.#request.create) refuse('This handle only reads: ask for one with { create: true }.')
      return new CosWritable(async (bytes) => {
        await client.write(this.#request, bytes)
        this.#mayRead = true
      }, faults)
    })
  }

  async isSameEntry(other: unknown): Promise<boolean> {
    if (!(other instanceof Handle)) throw new TypeError('This is no handle of Cross-Origin Storage.')
    return this.name === other.name
  }

  async queryPermission({ mode = 'read' }: { mode?: string } = {}): Promise<PermissionState> {
    return mode === 'read' || this.#request.create ? 'granted' : 'denied'
  }

  requestPermission(options?: { mode?: string }): Promise<PermissionState> {
    return this.queryPermission(options)
  }

  async move(): Promise<never> {
    return refuse('A file of Cross-Origin Storage has no name to change.')
  }

  async remove(): Promise<never> {
    return refuse('A file of Cross-Origin Storage belongs to every site that stored it.')
  }

  async createSyncAccessHandle(): Promise<never> {
    return refuse('A file of Cross-Origin Storage is in no file system of this origin.', 'InvalidStateError')
  }
}

function refuse(message: string, name = 'NotAllowedError'): never {
  throw new DOMException(message, name)
}

// The platform's own class, so that a page sees an instance of it, with the methods that its own have here.
if ('FileSystemFileHandle' in globalThis) {
  const platform = FileSystemFileHandle.prototype
  Object.setPrototypeOf(Handle.prototype, platform)
  if (!('createSyncAccessHandle' in platform))
    Reflect.deleteProperty(Handle.prototype, 'createSyncAccessHandle')
}
