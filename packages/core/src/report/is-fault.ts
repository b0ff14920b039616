import type { Warning } from '../output.ts'

/** What may be meant as it is: whether a page starts a loader that it has as text, and what service workers do. */
const mayBeMeant = new Set<Warning['code']>(['loader-as-text', 'precached', 'service-worker'])

/** Whether a warning is an error under `strict`. */
export function isFault({ code }: Warning): boolean {
  return !mayBeMeant.has(code)
}
