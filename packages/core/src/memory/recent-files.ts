import { areSame, type FileVersion } from './file-version.ts'
import { Recent } from './recent.ts'

/** What a process keeps of files from one build to the next, as long as each is what it was. */
export class RecentFiles<Value> {
  readonly #known: Recent<string, { version: FileVersion; value: Value }>

  /** @param most See {@link Recent}. */
  constructor(most?: number) {
    this.#known = new Recent(most)
  }

  get(path: string, version: FileVersion): Value | undefined {
    const earlier = this.#known.get(path)
    return earlier !== undefined && areSame(version, earlier.version) ? earlier.value : undefined
  }

  /** Keeps what was made of a file, unless a later change of it could have the same time. */
  set(path: string, version: FileVersion, value: Value, size: number): void {
    if (version.isSettled) this.#known.set(path, { version, value }, size)
    else this.#known.delete(path)
  }
}
