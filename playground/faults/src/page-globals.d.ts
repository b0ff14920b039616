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
}
