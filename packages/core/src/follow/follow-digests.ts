import type { Texts } from '../edit/texts.ts'
import { type DigestKind, digestsIn, digestsOf, replaceDigests } from './digests.ts'

/** A file that carries a digest of another one. */
export interface Mention {
  kind: DigestKind
  /** The file whose digest it is; for a script that stands in a page, the page. */
  of: string
  /** The file that carries it. */
  in: string
}

/** A digest that is no longer right, and what takes its place once that is final. */
interface Outdated {
  kind: DigestKind
  of: string
  current: () => string
}

/**
 * Finds the digests that text files of an output carry of files that have changed, and brings them up to date: in
 * attributes, import maps, policies, cache lists, or scripts. What carries one changes too, and so on. Files that carry
 * digests of each other cannot all be right; nobody can have written such.
 *
 * @param before The text that each changed file had when the digests were written; gains the files that carry one.
 * @param kinds Which digests to bring up to date; the others are only found.
 * @param scriptsIn The scripts that stand in a page.
 * @param carried What earlier calls have found.
 */
export function followDigests(
  texts: Texts,
  before: Map<string, string>,
  kinds: ReadonlySet<DigestKind>,
  scriptsIn: (page: string, html: string) => string[] = () => [],
  carried: CarriedDigests = new CarriedDigests(),
): Mention[] {
  if (before.size === 0) return []
  const carriers = carried.index(texts)
  if (carriers.size === 0) return []
  const mentions: Mention[] = []
  const outdated = new Map<string, Outdated>()
  /** The files whose digests a file carries. */
  const carriedBy = new Map<string, Set<string>>()

  /** Everything with a digest of its own that changes with a file: the file, and if it is a page, the scripts in it. */
  const contentsOf = (name: string): { before: string; current: () => string }[] => {
    const file = { before: before.get(name)!, current: () => texts.current(name)! }
    if (!/\.html?$/.test(name)) return [file]
    const scripts = scriptsIn(name, file.before).map((code, index) => ({
      before: code,
      current: () => scriptsIn(name, file.current())[index]!,
    }))
    return [file, ...scripts.filter((script) => script.current() !== script.before)]
  }

  // A map grows while it is walked: what carries a digest of a file that changes will change, too.
  for (const of of before.keys()) {
    for (const content of contentsOf(of)) {
      for (const [index, { kind, text }] of digestsOf(content.before).entries()) {
        for (const carrier of carriers.get(text) ?? []) {
          mentions.push({ kind, of, in: carrier })
          if (!kinds.has(kind)) continue
          outdated.set(text, { kind, of, current: () => digestsOf(content.current())[index]!.text })
          carriedBy.set(carrier, (carriedBy.get(carrier) ?? new Set()).add(of))
          if (!before.has(carrier)) before.set(carrier, texts.current(carrier)!)
        }
      }
    }
  }

  // Digests of what is final first.
  const final = new Set<string>()
  const finish = (name: string): void => {
    if (final.has(name)) return
    final.add(name)
    for (const of of carriedBy.get(name) ?? []) finish(of)
    texts.change(
      name,
      replaceDigests(texts.current(name)!, (digest) => outdated.get(digest)?.current()),
    )
  }
  for (const name of carriedBy.keys()) finish(name)
  return mentions
}

/** The digests that text files carry; a text is searched once, however often it is asked for. */
export class CarriedDigests {
  readonly #searched = new Map<string, { text: string; digests: Set<string> }>()

  /** The files that carry each digest. */
  index(texts: Texts): Map<string, Set<string>> {
    const carriers = new Map<string, Set<string>>()
    for (const name of texts.names()) {
      for (const digest of this.#digestsIn(name, texts.current(name) ?? ''))
        carriers.set(digest, (carriers.get(digest) ?? new Set()).add(name))
    }
    return carriers
  }

  #digestsIn(name: string, text: string): Set<string> {
    const known = this.#searched.get(name)
    if (known?.text === text) return known.digests
    const digests = digestsIn(name, text)
    this.#searched.set(name, { text, digests })
    return digests
  }
}
