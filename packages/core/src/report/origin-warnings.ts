import type { HashedFile, Warning } from '../output.ts'

/** How many origins the extension takes; it drops longer lists without an error. */
const mostInExtension = 6

/** Warns of lists of origins that the Cross-Origin Storage extension does not take. */
export function originWarnings(files: HashedFile[]): Warning[] {
  const long = files.filter(({ origins }) => origins !== '*' && origins.length > mostInExtension)
  if (long.length === 0) return []
  const names = long.map(({ fileName, origins }) => `${origins.length} for ${fileName}`).join(', ')
  const message =
    `Option 'origins' lists more than ${mostInExtension} origins (${names}): browsers take 100, but the Cross-Origin ` +
    `Storage extension drops a list of more than ${mostInExtension}, so that its users share nothing. List fewer, or use '*'.`
  return [{ code: 'many-origins', message }]
}
