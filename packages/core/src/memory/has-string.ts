import { remember } from './remember.ts'

/** How many strings are kept of a text. */
const most = 1000

const stringsOf = remember((): Map<string, boolean> => new Map())

/** Whether a text has a string. What an earlier build of this process has found of the same text is taken from there. */
export function hasString(text: string, string: string): boolean {
  const known = stringsOf(text)
  const earlier = known.get(string)
  if (earlier !== undefined) return earlier
  if (known.size === most) known.clear()
  const has = text.includes(string)
  known.set(string, has)
  return has
}
