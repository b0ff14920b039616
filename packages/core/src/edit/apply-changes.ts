import type { Change } from '../output.ts'
import { findInlineMap } from './inline-map.ts'
import { shiftMap } from './sourcemap.ts'
import { splice } from './splice.ts'

/** Applies changes to the code of a script, which do not overlap; a source map that stands in it follows. */
export function applyChanges(code: string, changes: Change[]): string {
  const map = findInlineMap(code)
  const shifted = map && shiftIfSound(map.json, code, changes)
  const ofMap =
    map === undefined || shifted === undefined
      ? []
      : [{ start: map.start, end: map.end, text: map.encode(shifted) }]
  return splice(code, [...changes, ...ofMap].toSorted(byPosition))
}

/** Orders changes by position; what is inserted comes before what is replaced there. */
function byPosition(one: Change, other: Change): number {
  return one.start - other.start || one.end - other.end
}

/** Shifts a source map; one that is damaged, which browsers pass over, stays as it is. */
function shiftIfSound(json: string, code: string, changes: Change[]): string | undefined {
  try {
    return shiftMap(json, code, changes)
  } catch {
    return undefined
  }
}
