import type { Warning } from '../output.ts'

/** What may be meant as it is: whether a page starts a loader that it has as text, and whether it has to work offline. */
const mayBeMeant = new Set<Warning['code']>(['loader-as-text', 'precached'])

/** Whether a warning is an error under `strict`. */
export function isFault({ code }: Warning): boolean {
  return !mayBeMeant.has(code)
}
