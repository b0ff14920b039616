import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { compareWritten, type HashedFile, piecesOf } from '@wasm-cos/core'
import { looksCopied } from './looks-copied.ts'

/** Milliseconds within which the file system of an output, which is written now, may give two changes the same time. */
const clockTick = 20

/** The wasm files of an output on disk, which Rollup gives two occasions to look at: `writeBundle` and `closeBundle`. */
export class WrittenFiles {
  readonly #folder: string
  readonly #onlyEmitted: ReadonlySet<string>
  #files: HashedFile[]
  /** When each file was last touched that was found as it should be: until it is touched again, it is not read again. */
  readonly #touched = new Map<string, bigint>()

  /**
   * @param folder The output folder.
   * @param onlyEmitted The files that nobody but the bundler has written: those of them that look like copies of their
   * sources are not read as a whole.
   */
  constructor(folder: string, files: HashedFile[], onlyEmitted: Iterable<string> = []) {
    this.#folder = folder
    this.#files = files
    this.#onlyEmitted = new Set(onlyEmitted)
  }

  /** Leaves out the files that a later output has written again; a build that nobody closed does not get checked. */
  forgetReplaced(later: WrittenFiles): void {
    const replaced = new Set(later.#files.map(({ fileName }) => later.#pathOf(fileName)))
    this.#files = this.#files.filter(({ fileName }) => !replaced.has(this.#pathOf(fileName)))
  }

  /** Returns what is wrong with each file that differs or is missing, as messages for the user. */
  async check(): Promise<string[]> {
    const now = BigInt(Date.now())
    const before = new Map(this.#files.map(({ fileName }) => [fileName, this.#changeTimeOf(fileName)]))
    const messages = await compareWritten({
      files: this.#files.filter((file) => {
        const touched = this.#touched.get(file.fileName)
        return touched === undefined ? !this.#isCopied(file) : touched !== before.get(file.fileName)
      }),
      advice: 'Change wasm files in generateBundle or before, and list that plugin before wasm-cos',
      readWritten: (fileName) => piecesOf(this.#pathOf(fileName)),
    })
    if (messages.length > 0) return messages
    for (const [fileName, time] of before) {
      const isOlder = time !== undefined && now - time / 1_000_000n > clockTick
      if (isOlder) this.#touched.set(fileName, time)
    }
    return []
  }

  #isCopied({ fileName, hash, sources }: HashedFile): boolean {
    if (!this.#onlyEmitted.has(fileName)) return false
    return sources.some(
      (source) =>
        'hash' in source && source.hash.value === hash.value && looksCopied(this.#pathOf(fileName), source),
    )
  }

  #pathOf(fileName: string): string {
    return resolve(this.#folder, fileName)
  }

  #changeTimeOf(fileName: string): bigint | undefined {
    return statSync(this.#pathOf(fileName), { bigint: true, throwIfNoEntry: false })?.ctimeNs
  }
}
