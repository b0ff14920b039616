import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Seen } from './visits.ts'

export type Kind = 'static' | 'server'

/** What visitors saw of a build, and what wasm-cos said in it; or why there is nothing to see. */
export interface Observation extends Partial<Seen> {
  said?: string[]
  error?: string
}

/** By framework and kind of output. */
export type Notes = Record<string, Partial<Record<Kind, Observation>>>

const file = join(import.meta.dirname, '../.cache/seen.json')

/** What earlier runs saw; a run of one framework adds to it. */
export function readSeen(): Notes {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Notes
  } catch {
    return {}
  }
}

/** Notes what was seen of a framework. */
export function note(name: string, kind: Kind, observation: Observation): void {
  const seen = readSeen()
  seen[name] = { ...seen[name], [kind]: observation }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(seen, null, 2))
}
