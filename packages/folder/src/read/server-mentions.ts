import { posix } from 'node:path'
import { digestsOf } from '@wasm-cos/core'

/** A file of a server build that knows something of a file of the folder that changes with an edit. */
export interface ServerMention {
  /** The file that is edited or renamed. */
  file: string
  /** The file that knows it, by path relative to the folder. */
  in: string
  /** What it knows: the name that changes, how many bytes the file has, or a digest of its content. */
  knows: 'name' | 'size' | 'digest'
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
  const mentions: ServerMention[] = []
  for (const [file, { before, after, isRenamed }] of changes) {
    const base = posix.basename(file)
    const sizes = [before, after].map((text) => Buffer.byteLength(text))
    const digests = digestsOf(before).map(({ text }) => text)
    for (const [where, text] of surroundings) {
      const names = text.includes(base)
      if (names && saysSize(text, base, sizes)) mentions.push({ file, in: where, knows: 'size' })
      else if (names && isRenamed) mentions.push({ file, in: where, knows: 'name' })
      else if (digests.some((digest) => text.includes(digest))) {
        mentions.push({ file, in: where, knows: 'digest' })
      }
    }
    if (sizes[0] === sizes[1]) continue
    for (const [where, text] of texts) {
      if (where !== file && !where.endsWith('.map') && saysSize(text, base, sizes)) {
        mentions.push({ file, in: where, knows: 'size' })
      }
    }
  }
  return mentions
}

/** How far behind a name its size is looked for: Nitro's entries have a type, a digest and a date between them. */
const entryLength = 400

/** Whether a list says how large a file was, which it is no longer. */
function saysSize(text: string, base: string, [before, after]: number[]): boolean {
  if (before === after) return false
  for (let at = text.indexOf(base); at !== -1; at = text.indexOf(base, at + 1)) {
    const entry = text.slice(at, at + base.length + entryLength)
    const said = /\bsize["']?\s*:\s*(\d+)/.exec(entry)?.[1]
    if (said !== undefined && Number(said) === before) return true
  }
  return false
}
