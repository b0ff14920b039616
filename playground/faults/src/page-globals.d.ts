import type { runCases, unhandled } from '../page/run-case.js'

/** What page/loader.js offers. */
export interface Loader {
  loadStreaming(url: string, init?: RequestInit): Promise<number>
  loadBuffer(url: string, init?: RequestInit): Promise<number>
  describeResponse(url: string, init?: RequestInit): Promise<string>
}

declare global {
  /** What page/run-case.js offers to the tests. */
  var faults: { runCases: typeof runCases; unhandled: typeof unhandled }
  var loader: Loader
}
