import { mayNameOthers } from '../file-names.ts'
import type { Host } from '../host.ts'
import { decode } from './decode.ts'

/** The text files of an output, before and after what a build changes in them. Each is read once, when it is needed. */
export class Texts {
  /** The new text of every file that changes. */
  readonly changed: Map<string, string> = new Map()
  readonly #host: Pick<Host, 'contentOf' | 'fileNames'>
  readonly #originals = new Map<string, string | undefined>()

  /** @param known The texts that are read already, by name: they count as such whatever they are called. */
  constructor(
    known: Iterable<[fileName: string, text: string]>,
    host: Pick<Host, 'contentOf' | 'fileNames'>,
  ) {
    this.#host = host
    for (const [fileName, text] of known) this.#originals.set(fileName, text)
  }

  /** The names of all text files. */
  names(): string[] {
    return [...this.#host.fileNames()].filter((name) => this.isText(name))
  }

  /** Whether a name is that of a text file. */
  isText(fileName: string): boolean {
    return this.#originals.has(fileName) || mayNameOthers(fileName)
  }

  /** The text of a file as it was; undefined if there is no such file, or if it is not UTF-8. */
  original(fileName: string): string | undefined {
    if (!this.#originals.has(fileName)) {
      const content = this.#host.contentOf(fileName)
      this.#originals.set(fileName, content === undefined ? undefined : decode(content))
    }
    return this.#originals.get(fileName)
  }

  /** The text of a file as it is after the changes so far. */
  current(fileName: string): string | undefined {
    return this.changed.get(fileName) ?? this.original(fileName)
  }

  /** Changes the text of a file. */
  change(fileName: string, text: string): void {
    if (text === this.original(fileName)) this.changed.delete(fileName)
    else this.changed.set(fileName, text)
  }
}
