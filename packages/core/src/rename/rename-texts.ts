import type { Texts } from '../edit/texts.ts'
import type { Host } from '../host.ts'
import { renameEdited } from './rename.ts'

/** What was renamed in an output. */
export interface RenamedTexts {
  /** New names by old ones. */
  fileNames: ReadonlyMap<string, string>
  /** Puts the new names into any other text. */
  renameIn: (text: string) => string
  /** The text that each file had that mentions a renamed one. */
  before: Map<string, string>
}

/** Gives changed files a new hash where their names carry one, and writes the new names where texts mention them. */
export function renameTexts(texts: Texts, host: Pick<Host, 'fileNames' | 'hashPositionOf'>): RenamedTexts {
  const hashPositionOf = (fileName: string) => host.hashPositionOf?.(fileName)
  const edited = [...texts.changed.keys()].filter((name) => hashPositionOf(name) !== undefined)
  if (edited.length === 0) return { fileNames: new Map(), renameIn: String, before: new Map() }

  const files = Array.from(host.fileNames(), (fileName) => ({
    fileName,
    text: (texts.isText(fileName) ? texts.current(fileName) : undefined) ?? '',
  }))
  const renaming = renameEdited(files, edited, hashPositionOf)
  const before = new Map([...renaming.texts.keys()].map((name) => [name, texts.current(name)!]))
  for (const [fileName, text] of renaming.texts) texts.change(fileName, text)
  return { fileNames: renaming.fileNames, renameIn: renaming.renameIn, before }
}
