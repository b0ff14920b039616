import type { runCases } from '../page/run-cases.js'

/** What page/loader.js offers. */
export interface Loader {
  loadStreaming(url: string, init?: RequestInit): Promise<number>
  loadBuffer(url: string, init?: RequestInit): Promise<number>
  describeResponse(url: string, init?: RequestInit): Promise<string>
}

declare global {
  /** What page/run-cases.js offers to the tests. */
  var faults: { runCases: typeof runCases }
  var loader: Loader
  /** For page/changes.js: an origin that is not the page's. */
  var elsewhere: string
  /** For page/changes.js: makes a function of `fetch` and puts it in its place. The function that it returns puts `fetch` back. */
  var replaceFetch: (make: (own: typeof fetch) => typeof fetch) => () => void
}
