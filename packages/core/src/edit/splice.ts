import type { Change } from '../output.ts'
import { Recent } from '../memory/recent.ts'
import { asRemembered } from '../memory/remember.ts'

/** What came of texts, by the changes. */
const known = new Recent<string, Map<string, string>>()
/** From how many characters on it pays to look whether a text is known. */
const worthKnowing = 2 ** 12
/** How many results are kept of a text: edited, and with the names that are hashed and that ship. */
const most = 3

/**
 * Makes changes to a text. A large text that has had the same changes in an earlier build of this process becomes the same string
 * in memory, as long as it is kept: what is remembered of it is then found without comparing it.
 *
 * @param changes In order of position.
 * @throws {RangeError} If they overlap.
 */
export function splice(text: string, changes: Change[]): string {
  if (changes.length === 0) return text
  if (text.length < worthKnowing) return spliceNow(text, changes)
  const key = JSON.stringify(changes)
  const results = known.get(text) ?? new Map<string, string>()
  const result = results.get(key) ?? asRemembered(spliceNow(text, changes))
  results.delete(key)
  results.set(key, result)
  for (const oldest of results.keys()) if (results.size > most) results.delete(oldest)
  known.set(text, results, text.length + lengthOf(results))
  return result
}

function lengthOf(results: ReadonlyMap<string, string>): number {
  return Array.from(results, ([key, result]) => key.length + result.length).reduce(
    (sum, length) => sum + length,
    0,
  )
}

function spliceNow(text: string, changes: Change[]): string {
  let spliced = ''
  let end = 0
  for (const change of changes) {
    if (change.start < end) throw new RangeError(`Two changes overlap at character ${change.start}.`)
    spliced += text.slice(end, change.start) + change.text
    end = change.end
  }
  return spliced + text.slice(end)
}
