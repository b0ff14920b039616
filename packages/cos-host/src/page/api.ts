/** A command to a writable, as `FileSystemWritableFileStream` takes it; `data` alone is a command to write it. */
export interface WriteCommand {
  type: 'write' | 'seek' | 'truncate'
  data?: Blob | BufferSource | string | null
  /** Bytes from the start: where to write, or to seek to. */
  position?: number | null
  /** Bytes: what to truncate to. */
  size?: number | null
}

/** What `write()` takes: bytes, text, or a command. */
export type WriteChunk = Blob | BufferSource | string | WriteCommand

/** The part of `FileSystemFileHandle` that Cross-Origin Storage uses. */
export interface FileHandle {
  readonly kind: 'file'
  readonly name: string
  getFile(): Promise<File>
  createWritable(): Promise<WritableStream<WriteChunk>>
}

/** The arguments of `getFileHandle`, checked. */
export interface HandleRequest {
  /** 64 lowercase hexadecimal digits. */
  hash: string
  create: boolean
  /** Who may read what is written besides the storing site. */
  origins?: '*' | string[]
}
