import { readFileSync, statSync } from 'node:fs'
import { areSame, type FileVersion, versionOf } from '../file-version.ts'
import { Recent } from '../recent.ts'

/** What files held in earlier builds of this process, by path. */
const known = new Recent<string, { version: FileVersion; json: unknown }>()

/**
 * A file's JSON; `undefined` where there is no such file, or no JSON in it. It belongs to everyone who asks: what package managers
 * note may be large, and is read once.
 */
export function readJson(path: string): unknown {
  try {
    const version = versionOf(statSync(path))
    const earlier = known.get(path)
    if (earlier !== undefined && areSame(version, earlier.version)) return earlier.json
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (version.isSettled) known.set(path, { version, json }, version.size)
    else known.delete(path)
    return json
  } catch {
    return undefined
  }
}
