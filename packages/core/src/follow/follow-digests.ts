import type { Texts } from '../edit/texts.ts'
import type { Span } from '../syntax/span.ts'
import { chooseContents } from './choose-content.ts'
import { type DigestKind, digestForms, digestsIn, replaceDigests } from './digests.ts'
import { inlineBlocks } from './inline-blocks.ts'

/** A file that carries a digest of another one. */
export interface Mention {
  kind: DigestKind
  /** The file whose digest it is; for what stands in a page, the page. */
  of: string
  /** The file that carries it. */
  in: string
}

/** A digest that may be no longer right, and what takes its place once that is final. */
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
 * @param carried What earlier calls have found.
 */
export function followDigests(
  texts: Texts,
  before: Map<string, string>,
  kinds: ReadonlySet<DigestKind>,
  carried: CarriedDigests = new CarriedDigests(),
): Mention[] {
  if (before.size === 0) return []
  const carriers = carried.index(texts)
  // Large files are not hashed in forms that nobody writes.
  const forms = digestForms.filter((form) => [...carriers.keys()].some(form.isOf))
  if (forms.length === 0) return []
  /** By the digest; several of one kind where files had the same content. */
  const outdated = new Map<string, Outdated[]>()
  /** The files whose digests a file carries. */
  const carriedBy = new Map<string, Set<string>>()

  // A map grows while it is walked: what carries a digest of a file that changes will change, too.
  for (const of of before.keys()) {
    for (const content of contentsOf(of, before.get(of)!, texts)) {
      for (const { kind, write } of forms) {
        const text = write(content.before)
        if (!carriers.has(text)) continue
        const currentOf = (read: () => string) => () => write(read())
        const copies = texts.names().filter((name) => name !== of && texts.current(name) === content.before)
        const others = outdated.get(text) ?? []
        const same = [
          { kind, of, current: currentOf(content.current) },
          ...copies.map((copy) => ({ kind, of: copy, current: currentOf(() => texts.current(copy)!) })),
        ].filter((one) => !others.some((other) => other.of === one.of))
        outdated.set(text, [...others, ...same])
        for (const carrier of carriers.get(text)!) {
          const known = carriedBy.get(carrier) ?? new Set()
          for (const one of same) known.add(one.of)
          carriedBy.set(carrier, known)
          if (kinds.has(kind) && !before.has(carrier)) before.set(carrier, texts.current(carrier)!)
        }
      }
    }
  }

  const mentions: Mention[] = []
  /** Brings up to date what a file carries of others, or of what stands in itself. */
  const update = (name: string, ofItself: boolean): void => {
    const text = texts.current(name)!
    const updated = replaceDigests(text, (digest, place) => {
      const contents = outdated.get(digest) ?? []
      if (contents.some(({ of }) => of === name) !== ofItself) return undefined
      const chosen = chooseContents(contents, name, text, place)
      const current = [...new Set(chosen.map((one) => one.current()))].toSorted()
      if (current.length === 0 || (current.length === 1 && current[0] === digest)) return undefined
      const [{ kind }] = chosen as [Outdated]
      for (const { of } of chosen) if (before.has(of)) mentions.push({ kind, of, in: name })
      return kinds.has(kind) ? listed(current, kind, text, place) : undefined
    })
    texts.change(name, updated)
  }
  // Digests of what is final first.
  const final = new Set<string>()
  const finish = (name: string): void => {
    if (final.has(name)) return
    final.add(name)
    const others = carriedBy.get(name) ?? []
    for (const of of others) finish(of)
    update(name, false)
    update(name, true)
  }
  for (const name of carriedBy.keys()) finish(name)
  return mentions
}

/** Everything with a digest of its own that may change with a file: the file, and if it is a page, what stands in it. */
function contentsOf(name: string, before: string, texts: Texts): { before: string; current: () => string }[] {
  const file = { before, current: () => texts.current(name)! }
  if (!/\.html?$/.test(name)) return [file]
  const blocks = inlineBlocks(before).map((block, index) => ({
    before: block,
    current: () => inlineBlocks(texts.current(name)!)[index]!,
  }))
  return [file, ...blocks]
}

/** A quote at the end of a text, as HTML can write it too. */
const quote = /(?:'|&#0*39;|&#x0*27;|&apos;)$/i

/**
 * Contents that had one digest may have several now. Attributes take a list, with spaces; policies, in which each has quotes of
 * its own, too. A revision is that of one file.
 */
function listed(digests: string[], kind: DigestKind, text: string, { start }: Span): string {
  if (kind === 'revision') return digests[0]!
  const before = text.slice(Math.max(0, start - 2000), start)
  const [mark] = quote.exec(before) ?? []
  const isInPolicy = mark !== undefined && /-src(-elem|-attr)?\s[^;]*$/.test(before.replaceAll(mark, ''))
  return digests.join(isInPolicy ? `${mark} ${mark}` : ' ')
}

/** The digests that text files carry; a text is searched once, however often it is asked for. */
export class CarriedDigests {
  readonly #searched = new Map<string, { text: string; digests: ReadonlySet<string> }>()

  /** The files that carry each digest. */
  index(texts: Texts): Map<string, Set<string>> {
    const carriers = new Map<string, Set<string>>()
    for (const name of texts.names()) {
      for (const digest of this.#digestsIn(name, texts.current(name) ?? ''))
        carriers.set(digest, (carriers.get(digest) ?? new Set()).add(name))
    }
    return carriers
  }

  #digestsIn(name: string, text: string): ReadonlySet<string> {
    const known = this.#searched.get(name)
    if (known?.text === text) return known.digests
    const digests = digestsIn(name, text)
    this.#searched.set(name, { text, digests })
    return digests
  }
}
