import type { Texts } from '../edit/texts.ts'
import type { Span } from '../syntax/span.ts'
import { chooseContents } from './choose-content.ts'
import { type DigestForm, type DigestKind, digestForms, digestsIn, replaceDigests } from './digests.ts'
import { digestedContents, inlineBlocks, isPage } from './inline-blocks.ts'

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
  const { outdated, carriedBy } = findOutdated(forms, carriers, before, texts, kinds)

  const mentions: Mention[] = []
  /** Brings up to date what a file carries of others, or of what stands in itself. */
  const update = (name: string, ofItself: boolean): void => {
    const text = texts.current(name)!
    const updated = replaceDigests(text, (digest, place) => {
      const contents = outdated.get(digest) ?? []
      if (contents.some(({ of }) => of === name) !== ofItself) return undefined
      const chosen = chooseContents(contents, name, text, place).filter(
        ({ of }) => !isInPath(of, text, place),
      )
      const current = [...new Set(chosen.map((one) => one.current()))].toSorted()
      if (current.length === 0 || (current.length === 1 && current[0] === digest)) return undefined
      const [{ kind }] = chosen as [Outdated]
      for (const { of } of chosen) if (before.has(of)) mentions.push({ kind, of, in: name })
      return kinds.has(kind) ? listed(current, kind, text, place) : undefined
    })
    texts.change(name, updated)
  }
  for (const name of finalFirst(carriedBy)) {
    update(name, false)
    update(name, true)
  }
  return mentions
}

/**
 * Finds the digests that are no longer right when some files change, and who carries them.
 *
 * @param forms The ways to write a digest that the texts use.
 * @param carriers The files that carry each digest.
 * @param before The text that each changed file had; gains the files that carry a digest that is to be brought up to date.
 * @returns By the digest what it is of, several of one kind where files had the same content; and the files whose digests each
 *   file carries.
 */
function findOutdated(
  forms: readonly DigestForm[],
  carriers: ReadonlyMap<string, ReadonlySet<string>>,
  before: Map<string, string>,
  texts: Texts,
  kinds: ReadonlySet<DigestKind>,
): { outdated: Map<string, Outdated[]>; carriedBy: Map<string, Set<string>> } {
  const outdated = new Map<string, Outdated[]>()
  const carriedBy = new Map<string, Set<string>>()

  // A map grows while it is walked: what carries a digest of a file that changes will change, too.
  for (const of of before.keys()) {
    for (const content of contentsOf(of, before.get(of)!, texts)) {
      for (const { kind, write } of forms) {
        const text = write(content.before)
        if (!carriers.has(text)) continue
        const currentOf = (read: () => string) => () => write(read())
        const copies = copiesOf(content, of, before, texts)
        const others = outdated.get(text) ?? []
        const same = [
          { kind, of, current: currentOf(content.current) },
          ...copies.map(({ name, current }) => ({ kind, of: name, current: currentOf(current) })),
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
  return { outdated, carriedBy }
}

/** Orders the files that carry digests: one whose digest another one carries comes before that, so that its text is final. */
function finalFirst(carriedBy: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const ordered = new Set<string>()
  const visited = new Set<string>()
  const visit = (name: string): void => {
    if (visited.has(name)) return
    visited.add(name)
    for (const of of carriedBy.get(name) ?? []) visit(of)
    ordered.add(name)
  }
  for (const name of carriedBy.keys()) visit(name)
  return ordered
}

/** What has a digest of its own. */
interface Content {
  before: string
  current: () => string
  /** Whether it stands in a page. */
  isBlock: boolean
}

/** Everything with a digest of its own that may change with a file. */
function contentsOf(name: string, before: string, texts: Texts): Content[] {
  return digestedContents(name, before).map((content, index) => ({
    before: content,
    current: () => digestedContents(name, texts.current(name)!)[index]!,
    isBlock: index > 0,
  }))
}

/** The other files with a content, which has the same digest there: what stands in a page, in pages that do not change. */
function copiesOf(
  { before: content, isBlock }: Content,
  of: string,
  before: ReadonlyMap<string, string>,
  texts: Texts,
): { name: string; current: () => string }[] {
  const others = texts.names().filter((name) => name !== of)
  if (!isBlock) {
    const copies = others.filter((name) => texts.current(name) === content)
    return copies.map((name) => ({ name, current: () => texts.current(name)! }))
  }
  const pages = others.filter((name) => isPage(name) && !before.has(name))
  const copies = pages.filter((name) => inlineBlocks(texts.current(name) ?? '').includes(content))
  return copies.map((name) => ({ name, current: () => content }))
}

/** Whether a digest is part of the path by which a text names the file: that is its name, and no word about its content. */
function isInPath(fileName: string, text: string, { start, end }: Span): boolean {
  const digest = text.slice(start, end)
  const at = fileName.indexOf(digest)
  if (at === -1) return false
  const before = fileName.slice(fileName.lastIndexOf('/', at) + 1, at)
  const after = /^[^/]*/.exec(fileName.slice(at + digest.length))![0]
  // A folder is followed by what is in it.
  const goesOn =
    before + after === '' ? /^(\/|\\\/|%2f)/i.test(text.slice(end, end + 3)) : text.startsWith(after, end)
  return goesOn && text.startsWith(before, start - before.length)
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
