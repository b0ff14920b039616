import { isUtf8 } from 'node:buffer'
import type { ScriptFile, UnreadableFile } from '../output.ts'

/** Reads an emitted script; one that is not UTF-8 cannot be edited without damage. */
export function readScript(
  fileName: string,
  content: string | Uint8Array,
  known: Pick<ScriptFile, 'format' | 'refersTo'> = {},
): ScriptFile | UnreadableFile {
  if (typeof content !== 'string' && !isUtf8(content)) return { type: 'unreadable', fileName }
  return { type: 'script', fileName, code: content.toString(), ...known }
}
