/** What `write()` takes: bytes, text, or a command that holds them. */
export type WriteChunk = Blob | BufferSource | string | { type: 'write'; data: Blob | BufferSource | string }

/** As much of `FileSystemFileHandle` as Cross-Origin Storage uses. */
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
