import { join } from 'node:path'
import { type Observations, observationFile } from '@wasm-cos/harness/observations'
import type { BundlerName } from './library.ts'
import type { Seen } from './visits.ts'

/** One build of a library: what visitors saw, what the build said, or why there is nothing to see. */
export interface Observation extends Partial<Seen> {
  warnings?: string[]
  error?: string
}

/** By library, and with what it was built. */
export type Notes = Observations<BundlerName, Observation>

const file = observationFile<BundlerName, Observation>(join(import.meta.dirname, '../.cache/seen.json'))

/** What earlier runs saw, and how a run notes what it sees of a library. */
export const { read: readSeen, note } = file
