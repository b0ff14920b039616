import type { FileHandle, HandleRequest, WriteChunk } from './api.ts'
import type { Client } from './client.ts'
import type { FaultPlayer } from './fault-player.ts'
import { CosWritable } from './writable.ts'

/** A handle on a stored file: it reads, and does not write. */
export class ReadHandle implements FileHandle {
  readonly kind = 'file'
  readonly name: string
  readonly #client: Client
  readonly #faults: FaultPlayer

  constructor(hash: string, client: Client, faults: FaultPlayer) {
    this.name = hash
    this.#client = client
    this.#faults = faults
  }

  getFile(): Promise<File> {
    return this.#faults.run('getFile', async () => this.#faults.spoil(await this.#client.read(this.name)))
  }

  createWritable(): Promise<WritableStream<WriteChunk>> {
    return this.#faults.run('createWritable', async () => {
      throw new DOMException('This handle only reads: request one with { create: true }.', 'NotAllowedError')
    })
  }
}

/** A handle on a file to be stored: it writes, and does not read. */
export class WriteHandle implements FileHandle {
  readonly kind = 'file'
  readonly name: string
  readonly #request: HandleRequest
  readonly #client: Client
  readonly #faults: FaultPlayer

  constructor(request: HandleRequest, client: Client, faults: FaultPlayer) {
    this.name = request.hash
    this.#request = request
    this.#client = client
    this.#faults = faults
  }

  getFile(): Promise<File> {
    return this.#faults.run('getFile', async () => {
      throw new DOMException('This handle only writes: request one without "create".', 'NotAllowedError')
    })
  }

  createWritable(): Promise<WritableStream<WriteChunk>> {
    return this.#faults.run('createWritable', async () => {
      return new CosWritable((bytes) => this.#client.write(this.#request, bytes), this.#faults)
    })
  }
}
