import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BundlerName } from './library.ts'
import type { Seen } from './visits.ts'

/** What was seen of each library, by name, and with what it was built. */
export type Notes = Record<string, Partial<Record<BundlerName, Observation>>>

/** One build of a library: what visitors saw, what the build said, or why there is nothing to see. */
export interface Observation extends Partial<Seen> {
  warnings?: string[]
  error?: string
}

const file = join(import.meta.dirname, '../.cache/seen.json')

/** What earlier runs saw; a run of one library adds to it. */
export function readSeen(): Notes {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Notes
  } catch {
    return {}
  }
}

/** Notes what was seen of a library. */
export function note(name: string, bundler: BundlerName, observation: Observation): void {
  const seen = readSeen()
  seen[name] = { ...seen[name], [bundler]: observation }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(seen, null, 2))
}
