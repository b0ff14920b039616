import { type DigestKind, digestsOf, replaceDigests } from './digests.ts'
import { pageOf } from '../write/edit-folder.ts'
import { findInlineScripts } from '../read/inline-scripts.ts'

/** A file that carries a digest of another one. */
export interface Mention {
  kind: DigestKind
  /** The file, or the script in a page, whose digest it is. */
  of: string
  /** The file that carries it. */
  in: string
}

/** A text, before and after the edits. */
interface Item {
  name: string
  before: string
  after: () => string
}

/**
 * Finds the digests that files of a folder carry of files that change, and makes them true: in attributes, import
 * maps, policies, cache lists, or scripts. What carries one changes too, and so on.
 *
 * @param before The texts of the folder.
 * @param edited New texts; gains those that carry a digest.
 * @param kinds Which digests to make true; the others are only found.
 */
export function followDigests(
  before: Map<string, string>,
  edited: Map<string, string>,
  kinds: Set<DigestKind>,
): Mention[] {
  if (edited.size === 0) return []
  const mentions: Mention[] = []
  const carriers = indexDigests(before)
  const pending = new Map<string, Set<string>>()
  const known = new Map<string, { kind: DigestKind; item: Item; index: number }>()
  const queue = [...edited.keys()].flatMap((name) => itemsOf(name, before, edited))

  // What changes, and what carries a digest of that, and so on; the queue grows while it is walked.
  for (const item of queue) {
    for (const [index, { kind, text }] of digestsOf(item.before).entries()) {
      known.set(text, { kind, item, index })
      for (const name of carriers.get(text) ?? []) {
        if (name === item.name) continue
        mentions.push({ kind, of: item.name, in: name })
        if (!kinds.has(kind)) continue
        pending.set(name, (pending.get(name) ?? new Set()).add(item.name))
        if (edited.has(name)) continue
        edited.set(name, before.get(name)!)
        queue.push(...itemsOf(name, before, edited))
      }
    }
  }

  // Digests of what is final first.
  const final = new Set<string>()
  const finish = (name: string): void => {
    if (final.has(name)) return
    final.add(name)
    for (const of of pending.get(name) ?? []) finish(pageOf(of))
    const text = edited.get(name)!
    edited.set(
      name,
      replaceDigests(text, (digest) => {
        const found = known.get(digest)
        if (found === undefined || !kinds.has(found.kind)) return undefined
        return digestsOf(found.item.after())[found.index]!.text
      }),
    )
  }
  for (const name of pending.keys()) finish(name)
  return mentions
}

/** The files that carry each digest. Source maps are none of them: what they quote are the sources. */
function indexDigests(texts: Map<string, string>): Map<string, Set<string>> {
  const carriers = new Map<string, Set<string>>()
  for (const [name, text] of texts) {
    if (name.endsWith('.map')) continue
    replaceDigests(text, (digest) => {
      carriers.set(digest, (carriers.get(digest) ?? new Set()).add(name))
      return undefined
    })
  }
  return carriers
}

/** A file and, if it is a page, the scripts in it that change: a policy can name these. */
function itemsOf(name: string, before: Map<string, string>, edited: Map<string, string>): Item[] {
  const text = before.get(name)
  if (text === undefined) return []
  const items: Item[] = [{ name, before: text, after: () => edited.get(name)! }]
  if (!/\.html?$/.test(name)) return items
  const scriptsAfter = () => findInlineScripts(name, edited.get(name)!)
  return [
    ...items,
    ...findInlineScripts(name, text).flatMap(({ script }, index): Item[] => {
      const after = () => scriptsAfter()[index]!.script.code
      return after() === script.code ? [] : [{ name: script.fileName, before: script.code, after }]
    }),
  ]
}
