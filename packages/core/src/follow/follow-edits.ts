import type { Texts } from '../edit/texts.ts'
import type { Host } from '../host.ts'
import { renameTexts } from '../rename/rename-texts.ts'
import type { DigestKind } from './digests.ts'
import { CarriedDigests, followDigests, type Mention } from './follow-digests.ts'

/** What followed from edits, besides new texts. */
export interface Followed {
  /** New names by old ones. */
  fileNames: ReadonlyMap<string, string>
  /** Puts the new names into any other text. */
  renameIn: (text: string) => string
  /** The digests that files carry of those that changed. */
  mentions: Mention[]
}

/**
 * Brings up to date what depends on edited files: names that carry a hash of the content, every mention of them, and
 * digests.
 *
 * Digests come first, for a file that carries one of an edited file changes, and so must its own name. They come once
 * more when names are final, for files that mention these have changed again.
 *
 * @param kinds The digests to bring up to date; the others are only found.
 */
export function followEdits(
  texts: Texts,
  host: Pick<Host, 'fileNames' | 'hashPositionOf'>,
  kinds: ReadonlySet<DigestKind> = new Set(['integrity', 'revision']),
): Followed {
  const edited = new Map([...texts.changed.keys()].map((name) => [name, texts.original(name)!]))
  const carried = new CarriedDigests()
  const mentions = followDigests(texts, edited, kinds, carried)
  const { fileNames, renameIn, before } = renameTexts(texts, host)
  mentions.push(...followDigests(texts, before, kinds, carried))
  return { fileNames, renameIn, mentions }
}
