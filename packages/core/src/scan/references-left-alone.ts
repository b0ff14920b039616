import type { EmbeddedHash } from '../embedded/embedded-hash.ts'
import type { FetchReference, GlobalReference } from './global-reference.ts'

/**
 * Whether a reference stands in a stub that was there before: of an earlier run, or of a dependency published with one.
 */
export function isOfEarlierStub(
  { start }: FetchReference,
  embeddedHashes: EmbeddedHash[],
  code: string,
): boolean {
  const stubs = embeddedHashes.flatMap(({ row }) => row?.stub ?? [])
  return (
    stubs.some((stub) => stub.start <= start && start < stub.end) ||
    (stubs.length > 0 && besideEarlierCall.test(code.slice(Math.max(0, start - 200), start)))
  )
}

/** What stands before `fetch` in `typeof cosFetch_1f0c92ab<"u"?cosFetch_1f0c92ab():fetch`, whatever a minifier has called the function since. */
const besideEarlierCall = /\btypeof\s+([\w$]+)\s*<\s*["'`]u["'`]\s*\?\s*\1\(\s*(?:[\w$]*\)\s*:\s*)?$/

/** Whether a construction stands in the function that an earlier run wrote for it. */
export function isOfEarlierXhrStub({ functions }: GlobalReference): boolean {
  return functions.some(
    (one) => one.type === 'FunctionDeclaration' && /^cosFetch_[0-9a-f]{8}_xhr$/.test(one.id?.name ?? ''),
  )
}

/**
 * Whether a reference stands in what Vite puts into entries for browsers without `modulepreload`: it fetches what elements
 * link to. A whole small bundle may be one function that has that in it.
 */
export function isOfPreload({ end, functions }: FetchReference, code: string): boolean {
  return (
    /^\([\w$]+\.href,/.test(code.slice(end, end + 50)) &&
    functions.some(
      ({ start, end }) =>
        end - start < 2000 && /modulepreload[^]*MutationObserver/.test(code.slice(start, end)),
    )
  )
}
