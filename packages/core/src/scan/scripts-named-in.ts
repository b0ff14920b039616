import type { Names } from './named-files.ts'

/** Where a string that names a script ends, as code has it. */
const endOfName = /\.[cm]?js(?=["'`?#\\])/g
/** What such a string has before the name. */
const startsName = new Set('"\'`/\\')

/** The scripts of the output that a text has the names of. */
export function scriptsNamedIn(code: string, names: Names): string[] {
  const found = new Set<string>()
  for (const match of code.matchAll(endOfName)) {
    const end = match.index + match[0].length
    let start = match.index
    while (start > 0 && end - start < longestName && !startsName.has(code[start - 1]!)) start--
    for (const name of names.namedBy(code.slice(start, end))) found.add(name)
  }
  return [...found]
}

const longestName = 255
