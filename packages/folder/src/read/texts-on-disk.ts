import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from '@wasm-cos/core'

/** What files are read into, one after the other: memory for each would take longer to be had than the file to be read. */
let buffer = Buffer.alloc(0)
/** How many bytes of it are kept for the next file. */
const mostKept = 2 ** 24

/** The texts of a folder, each read once until it is written. Not asynchronously, which takes longer for small files. */
export class TextsOnDisk {
  readonly #root: string
  readonly #read = new Map<string, string | undefined>()

  /** @param root Absolute path. */
  constructor(root: string) {
    this.#root = root
  }

  /** Reads a text; undefined if it is not UTF-8. */
  read(name: string): string | undefined {
    if (!this.#read.has(name)) this.#read.set(name, decode(bytesOf(join(this.#root, name))))
    return this.#read.get(name)
  }

  /** Forgets texts that are written or removed. */
  forget(names: Iterable<string>): void {
    for (const name of names) this.#read.delete(name)
  }
}

/** The bytes of a file, until the next one is read. */
function bytesOf(path: string): Uint8Array {
  if (buffer.length > mostKept) buffer = Buffer.alloc(0)
  const file = openSync(path, 'r')
  try {
    let length = 0
    for (;;) {
      if (length === buffer.length) {
        const larger = Buffer.allocUnsafe(Math.max(2 ** 16, 2 * length))
        buffer.copy(larger)
        buffer = larger
      }
      const bytesRead = readSync(file, buffer, length, buffer.length - length, null)
      if (bytesRead === 0) return buffer.subarray(0, length)
      length += bytesRead
    }
  } finally {
    closeSync(file)
  }
}
