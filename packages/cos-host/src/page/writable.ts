import type { WriteChunk, WriteCommand } from './api.ts'
import { Draft } from './draft.ts'
import type { FaultPlayer } from './fault-player.ts'

/** A stream that is a `FileSystemWritableFileStream` to the page; what is written counts once it is closed. */
export class CosWritable extends WritableStream<WriteChunk> {
  readonly #faults: FaultPlayer

  /** @param store Takes the bytes when the stream is closed; closing fails as it does. */
  constructor(store: (bytes: Blob) => Promise<void>, faults: FaultPlayer) {
    const draft = new Draft()
    super({
      write: (chunk) =>
        faults.run('write', async () => {
          const command = toCommand(chunk)
          if (command.type === 'truncate') draft.truncate(command.size)
          else if (command.type === 'seek') draft.seek(command.position)
          else {
            if (command.position !== undefined) draft.seek(command.position)
            draft.write(await faults.alter('write', command.data))
          }
        }),
      close: () => faults.run('close', () => store(draft.toBlob())),
    })
    this.#faults = faults
  }

  write(data: WriteChunk): Promise<void> {
    this.#faults.guard('write')
    return this.#write(data)
  }

  seek(position: number): Promise<void> {
    return this.write({ type: 'seek', position })
  }

  truncate(size: number): Promise<void> {
    return this.write({ type: 'truncate', size })
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

/** A chunk as one of the three things that can be done. */
type Command =
  | { type: 'write'; data: Blob; position?: number | undefined }
  | { type: 'seek'; position: number }
  | { type: 'truncate'; size: number }

/** @see https://fs.spec.whatwg.org/#write-a-chunk */
function toCommand(chunk: WriteChunk): Command {
  if (!isCommand(chunk)) return { type: 'write', data: toBlob(chunk) }
  const { type, data, position, size } = chunk
  if (type === 'truncate') return { type, size: toBytes(size, 'size') }
  if (type === 'seek') return { type, position: toBytes(position, 'position') }
  if (type !== 'write') throw new TypeError(`write() takes no command "${String(type)}".`)
  if (data === undefined || data === null) throw new TypeError('The command to write has no "data".')
  return {
    type,
    data: toBlob(data),
    position: position === undefined || position === null ? undefined : toBytes(position, 'position'),
  }
}

function isCommand(chunk: WriteChunk): chunk is WriteCommand {
  const isData =
    typeof chunk !== 'object' ||
    chunk instanceof Blob ||
    chunk instanceof ArrayBuffer ||
    ArrayBuffer.isView(chunk)
  return !isData && chunk !== null
}

function toBlob(data: unknown): Blob {
  if (data instanceof Blob) return data
  if (typeof data === 'string' || data instanceof ArrayBuffer || ArrayBuffer.isView(data))
    return new Blob([data as BlobPart])
  throw new TypeError('write() takes a Blob, bytes, a string, or a command.')
}

function toBytes(value: unknown, name: string): number {
  if (typeof value === 'number' && value >= 0) return Math.floor(value)
  throw new TypeError(`The command's "${name}" is ${String(value)}: give a number of bytes.`)
}

// The class of the platform's own stream, so that a page sees an instance of it, without what its constructor does.
if ('FileSystemWritableFileStream' in globalThis)
  Object.setPrototypeOf(CosWritable.prototype, FileSystemWritableFileStream.prototype)
