import { createRequire } from 'node:module'

/** Names of files: globs, regular expressions, or a list of these. `null` and an empty list are none at all. */
export type FilterPattern = readonly (string | RegExp)[] | string | RegExp | null

/** Makes a function that tells whether a name matches. */
export function matchesAny(pattern: FilterPattern): (name: string) => boolean {
  const matchers = [pattern ?? []].flat().map((pattern) => {
    if (typeof pattern === 'string') return globMatcher(pattern)
    // Unlike `test`, it does not go on where a global expression last matched.
    return (name: string) => name.search(pattern) !== -1
  })
  return (name) => {
    const path = withSlashes(name)
    return matchers.some((matches) => matches(path))
  }
}

/** Matches names by a glob. Few builds have globs here: the library is loaded when one has. */
function globMatcher(glob: string): (name: string) => boolean {
  const picomatch = createRequire(import.meta.url)('picomatch') as typeof import('picomatch')
  return picomatch(withSlashes(glob), { dot: true })
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/')
}
