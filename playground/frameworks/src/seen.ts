import { join } from 'node:path'
import { type Observations, observationFile } from '@wasm-cos/harness/observations'
import type { Seen } from './visits.ts'

export type Kind = 'static' | 'server'

/** What visitors saw of a build, and what wasm-cos said in it; or why there is nothing to see. */
export interface Observation extends Partial<Seen> {
  said?: string[]
  error?: string
}

/** By framework and kind of output. */
export type Notes = Observations<Kind, Observation>

const file = observationFile<Kind, Observation>(join(import.meta.dirname, '../.cache/seen.json'))

/** What earlier runs saw, and how a run notes what it sees of a framework. */
export const { read: readSeen, note } = file
