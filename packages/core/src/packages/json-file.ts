import { readFileSync, statSync } from 'node:fs'
import { versionOf } from '../memory/file-version.ts'
import { RecentFiles } from '../memory/recent-files.ts'

/** What files held in earlier builds of this process. */
const known = new RecentFiles<unknown>()

/**
 * A file's JSON; `undefined` where there is no such file, or no JSON in it. It belongs to everyone who asks: what package managers
 * note may be large, and is read once.
 */
export function readJson(path: string): unknown {
  try {
    const version = versionOf(statSync(path))
    const earlier = known.get(path, version)
    if (earlier !== undefined) return earlier
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'))
    known.set(path, version, json, version.size)
    return json
  } catch {
    return undefined
  }
}
