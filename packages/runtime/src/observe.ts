import type { CosDetail } from './timing.ts'

/** Callbacks of {@link observe}; names and arguments of those with `COS` are Emscripten's. */
export interface CosObserver {
  /** A file came from Cross-Origin Storage. */
  onCOSCacheHit?(hash: string): void
  /** A file came from the browser's HTTP cache: this origin has downloaded it from `url` before. */
  onCached?(hash: string, url: string): void
  /** A file was not in Cross-Origin Storage (or not visible to this origin) and is fetched from `url`. */
  onCOSCacheMiss?(hash: string, url: string): void
  /** A copy of a file was stored. */
  onCOSStore?(hash: string): void
  /** Something went wrong; the page loaded the file from the network all the same. `detail.reason` says what. */
  onError?(detail: CosDetail): void
}

/**
 * Reports what the loader stubs of this window or worker did and do. The entries are buffered by the browser, so
 * calling it late misses nothing.
 *
 * @param observer What to call; leave out what does not interest.
 * @returns A function that ends the observation.
 * @see https://w3c.github.io/user-timing/ for the entries (`wasm-cos:hit`, `:miss`, `:cached`, `:store`, `:error`) themselves.
 */
export function observe(observer: CosObserver): () => void {
  const performanceObserver = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) report(entry as PerformanceMeasure, observer)
  })
  performanceObserver.observe({ type: 'measure', buffered: true })
  return () => performanceObserver.disconnect()
}

function report({ name, detail }: { name: string; detail: CosDetail }, observer: CosObserver): void {
  if (name === 'wasm-cos:hit') observer.onCOSCacheHit?.(detail.hash)
  else if (name === 'wasm-cos:cached') observer.onCached?.(detail.hash, detail.url)
  else if (name === 'wasm-cos:miss') observer.onCOSCacheMiss?.(detail.hash, detail.url)
  else if (name === 'wasm-cos:store') observer.onCOSStore?.(detail.hash)
  else if (name === 'wasm-cos:error') observer.onError?.(detail)
}
