import { setImmediate } from 'node:timers/promises'
import { loadAhead } from '../load-ahead.ts'
import { isUnchanged, hashSources } from './hash-sources.ts'
import type { HashedSourceFile } from '../output.ts'

/** Hashes files while the bundler is busy on other threads. */
export class EarlySources {
  readonly #files = new Map<string, Promise<HashedSourceFile[]>>()

  /** Begins to hash a file, as soon as the bundler lets go of this thread. */
  begin(path: string): void {
    this.#files.set(
      path,
      loadAhead(async () => {
        await setImmediate()
        return hashSources([path])
      }),
    )
  }

  /** Hashes files, whether or not they were begun with; a file that has changed meanwhile is hashed again. */
  async hash(paths: Iterable<string>): Promise<HashedSourceFile[]> {
    const files = Array.from(paths, async (path) => {
      const early = (await this.#files.get(path)) ?? []
      return early.some(isUnchanged) ? early : hashSources([path])
    })
    return (await Promise.all(files)).flat()
  }
}
