import type { ContentId, HashedFile, HashedSourceFile } from '../output.ts'

/** Why a library is left alone, unless the option `final` is set: the end of a sentence. */
export const isLibrary =
  "is a library: the application that bundles it decides; where none does, set the option 'final: true'"

/**
 * Says that an output is left alone although it has wasm that no other output shares.
 *
 * @param modules The wasm modules of the build: an output for a server may import them without emitting them.
 * @param reason The end of a sentence: "is for a server".
 * @param isShared Whether another output of the build shares a content: the half of an application for the browser.
 */
export function leftAlone(
  files: HashedFile[],
  modules: Iterable<HashedSourceFile>,
  reason: string,
  isShared: (content: ContentId) => boolean = () => false,
): string[] {
  const named = files.map((file) => ({ name: file.fileName, content: file }))
  const imported = Array.from(modules, (module) => ({ name: module.path, content: module }))
  const names = (named.length > 0 ? named : imported)
    .filter(({ content }) => !isShared(content))
    .map(({ name }) => name)
  if (names.length === 0) return []
  return [leftAloneInWords(names, reason)]
}

/** Says of files that an output is left alone, with the end of a sentence: "is for a server". */
export function leftAloneInWords(names: string[], reason: string): string {
  return `${names.join(', ')}: not shared through Cross-Origin Storage, because this output ${reason}.`
}

/** Says of scripts that they stay under the names that they had, besides those that were edited. */
export function stayingInWords(names: string[]): string {
  return (
    `wasm-cos: besides the edited scripts stay, as they were: ${names.join(', ')}. A server that renders pages may have these URLs from a ` +
    'build of its own; what is asked for by them gets nothing from Cross-Origin Storage.'
  )
}
