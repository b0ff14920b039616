import { type HashPosition, renameEdited } from '@wasm-cos/core'
import type { Folder } from './read.ts'
import { findHashMentions } from './names/hash-mentions.ts'
import { type Naming, namingOf } from './names/naming.ts'

/** The new texts and names of files after edits, where names carry a hash of the content. */
export interface RenamedFiles {
  /** New texts by old names: of the edited files, and of all that mention one whose name changes. */
  texts: Map<string, string>
  /** New names, by the old ones. */
  renamed: Map<string, string>
  /** Files that change under their old name, since not all that names them can be rewritten. */
  kept: Map<string, Naming>
}

/**
 * Gives edited files new hashes in their names, and so on for the files that mention these. A file of which it is not
 * certain that every mention can be rewritten keeps its name.
 *
 * @param hashPositionOf Where a name carries a hash of the content.
 */
export function renameFiles(
  { fileNames, texts: before }: Folder,
  edited: Map<string, string>,
  hashPositionOf: (fileName: string) => HashPosition | undefined,
): RenamedFiles {
  const texts = new Map([...before, ...edited])
  const bases = new Set(fileNames.map((name) => name.slice(name.lastIndexOf('/') + 1)))
  const files = [...texts].map(([fileName, text]) => ({ fileName, text }))
  const known = new Set<string>()
  const joined = new Set<string>()
  const kept = new Map<string, Naming>()
  const positionOf = (name: string) => (kept.has(name) ? undefined : hashPositionOf(name))
  const hashOf = (name: string) => {
    const position = hashPositionOf(name)
    return position === undefined ? '' : name.slice(position.start, position.end)
  }

  // Each round finds out how the files that get a new name are named; one more is needed where that changes who gets one.
  for (;;) {
    const decided = joined.size + kept.size
    const renaming = renameEdited(files, edited.keys(), positionOf, (hash) => joined.has(hash))
    const unknown = [...renaming.fileNames.keys()].filter((name) => !known.has(name))
    const hashes = unknown.map(hashOf).filter((hash) => hash !== '')
    const mentions = findHashMentions(hashes, texts)
    const isOfTexts = hashesOfTexts(hashes, fileNames, texts)
    for (const name of unknown) {
      known.add(name)
      const position = hashPositionOf(name)
      // What is named after another file (`x.js.map`) follows it.
      if (position === undefined) continue
      const hash = hashOf(name)
      const naming = namingOf(name, position, texts, mentions.get(hash)!, bases)
      if (naming.kind === 'whole') continue
      if (naming.kind === 'joined' && isOfTexts(hash)) joined.add(hash)
      else kept.set(name, naming)
    }
    if (joined.size + kept.size > decided) continue
    const changed = new Map([...edited, ...renaming.texts])
    for (const name of renaming.fileNames.keys()) if (!changed.has(name)) changed.set(name, before.get(name)!)
    return { texts: changed, renamed: renaming.fileNames, kept }
  }
}

/** Tells of hashes whether only texts and their compressed copies have one in their names: no image is asked for by it. */
function hashesOfTexts(
  hashes: string[],
  fileNames: string[],
  texts: Map<string, string>,
): (hash: string) => boolean {
  const inNames = findHashMentions(hashes, new Map(fileNames.map((name) => [name, name])))
  return (hash) =>
    inNames
      .get(hash)!
      .every(
        ({ in: name, at }) => texts.has(name.replace(/\.(br|gz|zst)$/, '')) && at > name.lastIndexOf('/'),
      )
}
