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
  if (map !== undefined) edited.update(map.start, map.end, map.encode(shiftMap(map.json, code, changes)))
  return edited.toString()
}
