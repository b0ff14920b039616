import type { Readable } from 'node:stream'
import type { Entry } from './entry.ts'

/** Where bytes are kept, in memory or in a folder. */
export interface Shelf {
  /** The entries found there at the start. */
  load(): Promise<Entry[]>
  /** Takes bytes in and hashes them on their way. They count only once they are kept. */
  stage(source: AsyncIterable<Uint8Array>): Promise<StagedBytes>
  /** Notes what is known of an entry. */
  describe(entry: Entry): Promise<void>
  /** The bytes of an entry. */
  open(hash: string): Readable
  /** Forgets everything. */
  clear(): Promise<void>
}

/** Bytes that have arrived and wait for the verdict. */
export interface StagedBytes {
  readonly sha256: string
  readonly size: number
  /** Puts them where `open(hash)` finds them, in place of what was there. */
  keep(hash: string): Promise<void>
  discard(): Promise<void>
}
