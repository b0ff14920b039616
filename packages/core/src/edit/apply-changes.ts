import { MagicString } from 'magic-string'
import type { Change } from '../output.ts'
import { findInlineMap } from './inline-map.ts'
import { shiftMap } from './sourcemap.ts'

/** Applies changes to the code of a script; a source map that stands in it follows. */
export function applyChanges(code: string, changes: Change[]): string {
  const edited = new MagicString(code)
  for (const { start, end, text } of changes) {
    if (start === end) edited.appendLeft(start, text)
    else edited.update(start, end, text)
  }
  const map = findInlineMap(code)
  const shifted = map && shiftIfSound(map.json, code, changes)
  if (map !== undefined && shifted !== undefined) edited.update(map.start, map.end, map.encode(shifted))
  return edited.toString()
}

/** Shifts a source map; one that is damaged, which browsers pass over, stays as it is. */
function shiftIfSound(json: string, code: string, changes: Change[]): string | undefined {
  try {
    return shiftMap(json, code, changes)
  } catch {
    return undefined
  }
}
