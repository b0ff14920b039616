import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What was seen in each row and column of a table. */
export type Observations<Column extends string, Observation> = Record<
  string,
  Partial<Record<Column, Observation>>
>

/** A file in which runs of tests keep what they have seen: a run of one row adds to it. */
export interface ObservationFile<Column extends string, Observation> {
  /** Everything that was seen so far. */
  read(): Observations<Column, Observation>
  /** Notes what was seen in one cell. */
  note(row: string, column: Column, observation: Observation): void
}

/** @param path Absolute path; there need not be a file yet. */
export function observationFile<Column extends string, Observation>(
  path: string,
): ObservationFile<Column, Observation> {
  const read = (): Observations<Column, Observation> => {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Observations<Column, Observation>
    } catch {
      return {}
    }
  }
  return {
    read,
    note(row, column, observation) {
      const seen = read()
      seen[row] = { ...seen[row], [column]: observation } as Partial<Record<Column, Observation>>
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, JSON.stringify(seen, null, 2))
    },
  }
}
