import { posix } from 'node:path'
import {
  digestedContents,
  type DigestForm,
  digestForms,
  type DigestKind,
  remember,
  Substrings,
} from '@wasm-cos/core'
import { configuration } from './digests-around.ts'
import { hasServerFolder } from './surroundings.ts'

/** A file of a server build, or a list for pages, that knows something of a file of the folder that changes with an edit. */
export interface ServerMention {
  /** The file that is edited or renamed. */
  file: string
  /** The file that knows it, by path relative to the folder. */
  in: string
  /**
   * What it knows: the name that changes, how many bytes the file has, or a digest of its content; `listed-size` is the size in
   * a list that pages read, to show progress for instance, and no server.
   */
  knows: 'name' | 'size' | 'digest' | 'listed-size'
}

/** What happens to a file. */
export interface FileChange {
  before: string
  after: string
  isRenamed: boolean
}

/**
 * Finds what a server knows of files that change.
 *
 * @param changes By name within the folder.
 * @param texts The texts of the folder, where a size can stand as well.
 * @param surroundings The texts around the folder.
 */
export function findServerMentions(
  changes: Map<string, FileChange>,
  texts: Map<string, string>,
  surroundings: Map<string, string>,
): ServerMention[] {
  // What changes is not hashed where nothing around can be a digest.
  const around = [...surroundings.values()]
  const forms = digestForms.filter(({ kind }) => around.some(hasDigest[kind]))
  const files = Array.from(changes, ([file, change]) => ({
    file,
    base: posix.basename(file),
    oldSize: oldSizeOf(change),
    digests: forms.length === 0 ? [] : digestsOf(file, change.before, forms),
    isRenamed: change.isRenamed,
  }))
  const bases = grouped(files, ({ base }) => [base])
  const digests = grouped(files, (file) => file.digests)
  const mentions: ServerMention[] = []

  const inSurroundings = new Substrings([...bases.keys(), ...digests.keys()])
  for (const [where, text] of surroundings) {
    const found = inSurroundings.positions(text)
    const names = [...found.keys()].filter((one) => bases.has(one))
    const entries = new Map(names.map((base) => [base, entriesBySize(text, base, found.get(base)!)]))
    const named = new Set(names.flatMap((base) => bases.get(base)!))
    const known = new Set([...named, ...[...found.keys()].flatMap((one) => digests.get(one) ?? [])])
    for (const one of known) {
      const { file, base, oldSize, isRenamed } = one
      const knows =
        named.has(one) && entries.get(base)!.has(oldSize)
          ? 'size'
          : named.has(one) && isRenamed
            ? 'name'
            : one.digests.some((digest) => found.has(digest))
              ? 'digest'
              : undefined
      if (knows !== undefined) mentions.push({ file, in: where, knows })
    }
  }

  const inTexts = new Substrings(bases.keys())
  for (const [where, text] of texts) {
    if (where.endsWith('.map') || !hasSize(text)) continue
    for (const [base, positions] of inTexts.positions(text)) {
      const entries = entriesBySize(text, base, positions)
      for (const { file, oldSize } of bases.get(base)!) {
        const entry = where === file ? undefined : entries.get(oldSize)
        if (entry === undefined) continue
        const isOfServer = hasServerFolder(where) || ofServer.test(entry)
        mentions.push({ file, in: where, knows: isOfServer ? 'size' : 'listed-size' })
      }
    }
  }
  return mentions
}

/**
 * Finds the texts of a project that carry digests of files that change. A page or template is left out if a file of its name in
 * the folder carries the same digest, which is brought up to date: it was made from that one.
 *
 * @param changes By name within the folder.
 * @param texts The texts of the folder.
 * @param around The texts of the project around it.
 */
export function findDigestMentions(
  changes: Map<string, FileChange>,
  texts: Map<string, string>,
  around: Map<string, string>,
): ServerMention[] {
  if (around.size === 0) return []
  const forms = digestForms.filter(({ kind }) => kind === 'integrity')
  const owners = grouped(
    Array.from(changes, ([file, { before, after }]) => {
      const later = new Set(digestsOf(file, after, forms))
      return { file, digests: digestsOf(file, before, forms).filter((digest) => !later.has(digest)) }
    }),
    (owner) => owner.digests,
  )
  const digests = new Substrings(owners.keys())
  const found = Array.from(around, ([where, text]) => ({ where, carried: [...digests.in(text)] })).filter(
    ({ carried }) => carried.length > 0,
  )
  if (found.length === 0) return []
  const names = new Set(found.map(({ where }) => stemOf(where)))
  const followed = new Set(
    [...texts]
      .filter(([name]) => names.has(stemOf(name)))
      .flatMap(([name, text]) => Array.from(digests.in(text), (digest) => `${stemOf(name)} ${digest}`)),
  )
  return found.flatMap(({ where, carried }) =>
    carried
      .filter((digest) => configuration.test(where) || !followed.has(`${stemOf(where)} ${digest}`))
      .flatMap((digest) => owners.get(digest)!)
      .map(({ file }) => ({ file, in: where, knows: 'digest' as const })),
  )
}

/** The name of a file without its folder and its endings. */
function stemOf(path: string): string {
  return posix.basename(path).replace(/\..*$/, '')
}

/** What others can carry of a file, and of what stands in it, in every Base64, as far as its padding. */
function digestsOf(file: string, text: string, forms: readonly DigestForm[]): string[] {
  return digestedContents(file, text)
    .flatMap((content) => forms.map(({ write }) => write(content).replace(/=+$/, '')))
    .flatMap((digest) => [...new Set([digest, digest.replaceAll('+', '-').replaceAll('/', '_')])])
}

/** Whether a text has what every digest of a kind has in it. */
const hasDigest: Record<DigestKind, (text: string) => boolean> = {
  integrity: remember((text) => /sha(256|384|512)-/.test(text)),
  revision: remember((text) => /[\da-f]{32}/.test(text)),
}

/** Files by what other files can know of them. */
function grouped<File>(files: File[], keysOf: (file: File) => string[]): Map<string, File[]> {
  const groups = new Map<string, File[]>()
  for (const file of files) {
    for (const key of keysOf(file)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [file])
      else group.push(file)
    }
  }
  return groups
}

/** How far behind a name its size is looked for: Nitro's entries have a type, a digest and a date between them. */
const entryLength = 400

/** Also as ASP.NET Core lists the headers of its files. */
const size = /\b(?:size["']?\s*:\s*|Content-Length",\s*"Value":\s*")(\d+)/
const hasSize = remember((text) => size.test(text))

/** What servers' lists have besides sizes: the headers that they send with a file. */
const ofServer = /\b(etag|last-modified|mtime)\b/i

/** How large a file was, which it is no longer; undefined if it still is. */
function oldSizeOf({ before, after }: FileChange): number | undefined {
  const [old, now] = [before, after].map((text) => Buffer.byteLength(text))
  return old === now ? undefined : old
}

/** The entries of a list for a name, by the size that they say. Where several say the same, the first. */
function entriesBySize(text: string, name: string, positions: number[]): Map<number | undefined, string> {
  const entries = new Map<number | undefined, string>()
  for (const at of positions) {
    const entry = text.slice(at, at + name.length + entryLength)
    const said = size.exec(entry)?.[1]
    if (said !== undefined && !entries.has(Number(said))) entries.set(Number(said), entry)
  }
  return entries
}
