import { readFileSync, statSync } from 'node:fs'
import { isSettled, lastChange } from '../file-times.ts'
import { Recent } from '../recent.ts'

/** What files held in earlier builds of this process, by path. */
const known = new Recent<string, { changed: number; size: number; json: unknown }>()

/**
 * A file's JSON; `undefined` where there is no such file, or no JSON in it. It belongs to everyone who asks: what package managers
 * note may be large, and is read once.
 */
export function readJson(path: string): unknown {
  try {
    const stats = statSync(path)
    const { size } = stats
    const changed = lastChange(stats)
    const earlier = known.get(path)
    if (earlier?.changed === changed && earlier.size === size) return earlier.json
    const wasSettled = isSettled(changed)
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (wasSettled) known.set(path, { changed, size, json }, size)
    else known.delete(path)
    return json
  } catch {
    return undefined
  }
}
