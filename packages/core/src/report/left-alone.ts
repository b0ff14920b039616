import type { HashedFile } from '../output.ts'

/**
 * Says that an output is left alone although it has wasm.
 *
 * @param modules The wasm modules of the build: an output for a server may import them without emitting them.
 * @param reason The end of a sentence: "is for a server".
 */
export function leftAlone(files: HashedFile[], modules: Iterable<string>, reason: string): string[] {
  const names = files.length > 0 ? files.map(({ fileName }) => fileName) : [...modules]
  if (names.length === 0) return []
  return [`${names.join(', ')}: not shared through Cross-Origin Storage, because this output ${reason}.`]
}
