import type { WriteChunk } from './api.ts'
import type { FaultPlayer } from './fault-player.ts'

/** A stream shaped like `FileSystemWritableFileStream`; what is written counts once it is closed. */
export class CosWritable extends WritableStream<WriteChunk> {
  readonly #faults: FaultPlayer

  constructor(store: (bytes: Blob) => Promise<void>, faults: FaultPlayer) {
    const parts: Blob[] = []
    super({
      write: (chunk) =>
        faults.run('write', async () => {
          parts.push(await faults.alter('write', toBlob(chunk)))
        }),
      close: () => faults.run('close', () => store(join(parts))),
    })
    this.#faults = faults
  }

  write(data: WriteChunk): Promise<void> {
    this.#faults.guard('write')
    return this.#write(data)
  }

  override close(): Promise<void> {
    this.#faults.guard('close')
    return super.close()
  }

  async #write(data: WriteChunk): Promise<void> {
    const writer = this.getWriter()
    const written = writer.write(data)
    writer.releaseLock()
    await written
  }
}

/** A blob is taken as it is, never copied: it may be large. */
function join(parts: Blob[]): Blob {
  const [first, ...rest] = parts
  return first !== undefined && rest.length === 0 ? first : new Blob(parts, { type: first?.type ?? '' })
}

function toBlob(chunk: WriteChunk): Blob {
  if (chunk instanceof Blob) return chunk
  if (typeof chunk === 'string' || chunk instanceof ArrayBuffer || ArrayBuffer.isView(chunk))
    return new Blob([chunk])
  if (typeof chunk === 'object' && chunk?.type === 'write' && chunk.data !== undefined)
    return toBlob(chunk.data)
  throw new TypeError(
    'write() takes a Blob, bytes, a string, or { type: "write", data }; files are written front to back.',
  )
}
