import { setImmediate } from 'node:timers/promises'
import { loadAhead } from '../load-ahead.ts'
import { isUnchanged, measureSources } from './hash-sources.ts'
import type { MeasuredSourceFile } from '../output.ts'

/** Hashes files while the bundler is busy on other threads. */
export class EarlySources {
  readonly #files = new Map<string, Promise<MeasuredSourceFile[]>>()

  /** Begins with a file as soon as the bundler lets go of this thread. */
  begin(path: string): void {
    this.#files.set(
      path,
      loadAhead(async () => {
        await setImmediate()
        return measureSources([path])
      }),
    )
  }

  /** The files that were begun with or not; what has changed meanwhile is hashed again. */
  async measure(paths: Iterable<string>): Promise<MeasuredSourceFile[]> {
    const files = Array.from(paths, async (path) => {
      const early = (await this.#files.get(path)) ?? []
      return early.some(isUnchanged) ? early : measureSources([path])
    })
    return (await Promise.all(files)).flat()
  }
}
