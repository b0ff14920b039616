import { basename } from 'node:path'
import type { PublicFolder } from '../read/public-folder.ts'

/** Says of a wasm file of a public folder that a script of a build names, that nothing in the script knows its hash. */
export function publicWasmInWords(script: string, path: string, file: string, folder: PublicFolder): string {
  return (
    `${script} names ${path}, and ${folder.of} serves ${basename(folder.path)}/${file} as it is: it will not come from ` +
    "Cross-Origin Storage. Import it instead (new URL('./module.wasm', import.meta.url)), or exclude it with the option 'exclude'."
  )
}
