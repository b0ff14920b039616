import { basename } from 'node:path'
import type { Host } from '../host.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { selectFiles } from '../options/selected-files.ts'
import type { HashedWasmFile, OutputFile, ScriptFile, Warning } from '../output.ts'
import { hashPositionOf } from '../rename/hash-in-name.ts'
import { mayLoadByWords } from '../scan/may-load-by-words.ts'

/**
 * Finds the wasm files that must not be put into scripts: the bundler gave scripts that may load them names with a hash before
 * it knew what is in the files. Such a script would keep its name when a file's hash in it changes, and browsers keep scripts
 * under such names for good. Where the wasm's own name changes with its content, no request is for the file of then.
 *
 * @param output The output; its wasm is hashed.
 */
export function unforeseenWasm(output: OutputFile[], host: Host, options: ResolvedOptions): Warning[] {
  const { fixedNames } = host
  if (fixedNames === undefined) return []
  const scripts = output.filter((file): file is ScriptFile => file.type === 'script')
  const isUnforeseen = (file: OutputFile): file is HashedWasmFile => {
    if (file.type !== 'wasm' || !('hash' in file) || hashPositionOf(file.fileName)) return false
    const fixed = scripts.filter(({ fileName }) => fixedNames.ignore(fileName, file))
    if (fixed.length === 0) return false
    const isNamedIn = ({ code }: ScriptFile): boolean => code.includes(basename(file.fileName))
    // What no script names, every script that loads may load.
    const mayLoad = scripts.some(isNamedIn) ? isNamedIn : ({ code }: ScriptFile) => mayLoadByWords(code)
    return fixed.some(mayLoad)
  }
  // What the options leave out stays in the output: they would be said to match nothing.
  return selectFiles(output.filter(isUnforeseen), options).map(({ fileName }) => ({
    code: 'unforeseen',
    file: fileName,
    message:
      `${fileName} is not shared through Cross-Origin Storage: another plugin emits it under a name without a hash of its content, and ` +
      `chunks that carry its hash would keep their names when it changes. ${fixedNames.advice}, import the file in a module, or ` +
      "exclude it with the option 'exclude'.",
  }))
}
