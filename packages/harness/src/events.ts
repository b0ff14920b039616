import type { Page, Worker } from 'playwright-core'
import { within } from './within.ts'

/** A page or a worker: each has a timeline of its own. */
export type Scope = Pick<Worker, 'evaluate'>

/** One `wasm-cos:*` User Timing measure. */
export interface CosEvent {
  /** What happened: `hit`, `cached`, `miss`, `store` or `error`. */
  type: string
  /** The file's path within the build's output, or its URL, as the stub reports it. */
  file: string
  /** SHA-256 of the file, 64 hex digits. */
  hash: string
  /** Why, for an `error`. */
  reason?: string
}

/** The measures so far in a page and in each of its workers. */
export async function readEvents(page: Page): Promise<CosEvent[]> {
  const timelines = await Promise.all([page, ...page.workers()].map((scope) => readTimeline(scope)))
  return timelines.flat()
}

/** The measures so far in one page or worker. */
function readTimeline(scope: Scope): Promise<CosEvent[]> {
  return scope.evaluate(() =>
    performance
      .getEntriesByType('measure')
      .filter(({ name }) => name.startsWith('wasm-cos:'))
      .map((entry) => {
        const { file, hash, reason } = (entry as PerformanceMeasure).detail as Omit<CosEvent, 'type'>
        const type = entry.name.slice('wasm-cos:'.length)
        return reason === undefined ? { type, file, hash } : { type, file, hash, reason }
      }),
  )
}

/**
 * Waits until a page or worker has reported as many events of a type: storing goes on after a page is done,
 * and the next origin's visit is only a hit once it is over.
 *
 * @param scope The page, or a worker (`page.workers()[0]`) that loads by itself.
 */
export async function waitForEvents(scope: Scope, type: string, count = 1): Promise<void> {
  const enough = scope.evaluate(
    ([name, count]) =>
      new Promise<void>((resolve) => {
        let seen = 0
        new PerformanceObserver((list, observer) => {
          seen += list.getEntriesByName(name).length
          if (seen < count) return
          observer.disconnect()
          resolve()
        }).observe({ type: 'measure', buffered: true })
      }),
    [`wasm-cos:${type}`, count] as const,
  )
  await within(60_000, enough, async () => {
    const events = await readTimeline(scope)
    throw new Error(`No ${count} × wasm-cos:${type} after 60 s, but: ${JSON.stringify(events)}`)
  })
}
