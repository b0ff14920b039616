import type { Change } from '../output.ts'
import { findInlineMap } from './inline-map.ts'
import { inOrder } from './in-order.ts'
import { shiftMap } from './sourcemap.ts'
import { splice } from './splice.ts'

/** Applies changes to the code of a script; a source map that stands in it follows. */
export function applyChanges(code: string, changes: Change[]): string {
  const ordered = inOrder(changes)
  const map = findInlineMap(code)
  const shifted = map && shiftIfSound(map.json, code, ordered)
  const ofMap =
    map === undefined || shifted === undefined
      ? []
      : [{ start: map.start, end: map.end, text: map.encode(shifted) }]
  return splice(code, inOrder([...ordered, ...ofMap]))
}

/** Shifts a source map; one that is damaged, which browsers pass over, stays as it is. */
function shiftIfSound(json: string, code: string, changes: Change[]): string | undefined {
  try {
    return shiftMap(json, code, changes)
  } catch {
    return undefined
  }
}
