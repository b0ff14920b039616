import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { HashedFile } from '@wasm-cos/core'
import { measureFile } from '@wasm-cos/core/setup'

/** Milliseconds within which a file system may give two changes of a file the same time. */
const clockTick = 20

/** The files of an output on disk, to be compared with the hashes that were embedded. */
export class WrittenFiles {
  readonly #folder: string
  #files: HashedFile[]
  /** When each file was last touched that had its hash: as long as it is not touched again, it is not read again. */
  readonly #touched = new Map<string, bigint>()

  /** @param folder The output folder. */
  constructor(folder: string, files: HashedFile[]) {
    this.#folder = folder
    this.#files = files
  }

  /** Leaves out the files that a later output has written again; a build that nobody closed does not get checked. */
  forgetReplaced(later: WrittenFiles): void {
    const replaced = new Set(later.#paths())
    this.#files = this.#files.filter(({ fileName }) => !replaced.has(resolve(this.#folder, fileName)))
  }

  #paths(): string[] {
    return this.#files.map(({ fileName }) => resolve(this.#folder, fileName))
  }

  /** Returns what is wrong with each file that differs or is missing, as messages for the user. */
  async check(): Promise<string[]> {
    const messages = await Promise.all(this.#files.map((file) => this.#checkFile(file)))
    return messages.filter((message) => message !== undefined)
  }

  async #checkFile({ fileName, hash }: HashedFile): Promise<string | undefined> {
    const path = resolve(this.#folder, fileName)
    try {
      const { ctimeNs } = statSync(path, { bigint: true })
      if (this.#touched.get(path) === ctimeNs) return undefined
      const isSettled = Date.now() - Number(ctimeNs / 1_000_000n) > clockTick
      if ((await measureFile(path)).hash.value !== hash.value) return changed(fileName)
      if (isSettled) this.#touched.set(path, ctimeNs)
      return undefined
    } catch (error) {
      return `${fileName} cannot be read from the output (${(error as Error).message}): a later step removed it, although chunks carry its hash.`
    }
  }
}

function changed(fileName: string): string {
  return (
    `${fileName} was changed after its hash was embedded: a later plugin or step rewrote it on disk. ` +
    `Change wasm files in generateBundle or before, and list that plugin before wasm-cos; or run "npx wasm-cos repair" after it.`
  )
}
