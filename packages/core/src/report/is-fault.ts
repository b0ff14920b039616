import type { Warning } from '../output.ts'

/**
 * What may be meant as it is: whether a page starts a loader that it has as text, what service workers do, and who uses a package
 * without a bundler.
 */
const mayBeMeant = new Set<Warning['code']>(['library', 'loader-as-text', 'precached', 'service-worker'])

/** Whether a warning is an error under `strict`. */
export function isFault({ code }: Warning): boolean {
  return !mayBeMeant.has(code)
}
