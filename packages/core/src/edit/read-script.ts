import type { ScriptFile, UnreadableFile } from '../output.ts'
import { decode } from './decode.ts'

/** Reads an emitted script; one that is not UTF-8 cannot be edited without damage. */
export function readScript(
  fileName: string,
  content: string | Uint8Array,
  known: Pick<ScriptFile, 'format' | 'refersTo' | 'isWorker'> = {},
): ScriptFile | UnreadableFile {
  const code = decode(content)
  return code === undefined ? { type: 'unreadable', fileName } : { type: 'script', fileName, code, ...known }
}
