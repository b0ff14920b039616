import { dirname, resolve } from 'node:path'
import type { OutputOptions } from './rollup-types.ts'

/** Where Rolldown writes an output that says nothing of it. Rollup wants to be told. */
const defaultFolder = 'dist'

/** The folder that an output was written to. */
export function writtenFolderOf({ dir, file }: OutputOptions): string {
  return resolve(dir ?? (file === undefined ? defaultFolder : dirname(file)))
}
