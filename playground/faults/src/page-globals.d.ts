import type { runCases, unhandled } from '../page/run-case.js'

declare global {
  /** What page/run-case.js offers to the tests. */
  var faults: { runCases: typeof runCases; unhandled: typeof unhandled }
}
