import { MagicString } from 'magic-string'
import type { Change } from '../output.ts'
import { shiftInlineMap } from './sourcemap.ts'

/** Applies changes to the code of a script; an inline source map in it follows. */
export function applyChanges(code: string, changes: Change[]): string {
  const edited = new MagicString(code)
  for (const { start, end, text } of changes) {
    if (start === end) edited.appendLeft(start, text)
    else edited.update(start, end, text)
  }
  return shiftInlineMap(edited.toString(), code, changes)
}
