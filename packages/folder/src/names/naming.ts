import type { HashPosition } from '@wasm-cos/core'
import type { HashMention } from './hash-mentions.ts'

/**
 * How the other files of a folder name one that has a hash in its name.
 *
 * - `whole`: by its name, which can be rewritten in every mention.
 * - `joined`: somewhere the hash stands alone, because a script puts the name together (webpack: `id + "." + hash + ".js"`).
 *   It is long enough to stand for nothing else, so that it can be replaced wherever it stands; one that is not hexadecimal is a
 *   string by itself, in a script that has the whole name as well (Bun: `load("2n7cpt0k"),import("./chunk-2n7cpt0k.js")`).
 * - `unclear`: somewhere the hash is part of something longer (webpack's `[fullhash:8]` is a slice of the whole hash), or
 *   is too short to be told from other text, or could be a word.
 * - `unnamed`: nowhere: a server or a page that is not in the folder does.
 */
export type Naming = { kind: 'whole' | 'unnamed' } | { kind: 'joined' | 'unclear'; in: string }

/** How long a hash has to be so that it does not stand in other text by chance. */
const longEnough = 8

/**
 * Finds out how a file is named.
 *
 * @param position Where its name carries a hash.
 * @param texts Every text of the folder, by name. The file itself and source maps are not asked.
 * @param mentions Where this hash stands in them.
 * @param bases The base names of all files: another file may have the same hash in its name.
 */
export function namingOf(
  fileName: string,
  position: HashPosition,
  texts: ReadonlyMap<string, string>,
  mentions: readonly HashMention[],
  bases: ReadonlySet<string>,
): Naming {
  const base = fileName.slice(fileName.lastIndexOf('/') + 1)
  const hash = fileName.slice(position.start, position.end)
  const before = position.start - (fileName.length - base.length)
  // URLs escape some characters of a name, as in `[slug]-0123abcd.js`: what is before these need not stand there.
  const from = Math.min(startOfWord(base, base.length), before)
  let naming: Naming = { kind: 'unnamed' }
  for (const { in: name, at } of mentions) {
    if (name === fileName || name.endsWith('.map')) continue
    const text = texts.get(name)!
    if (text.startsWith(base.slice(from), at - before + from)) {
      if (naming.kind === 'unnamed') naming = { kind: 'whole' }
    } else if (isInNameOfAnother(text, at, base, bases)) {
      continue
    } else if (!standsForFile(hash, base, text, at)) {
      return { kind: 'unclear', in: name }
    } else {
      naming = { kind: 'joined', in: name }
    }
  }
  return naming
}

/** Whether what stands at a position is the name of another file, as wasm-bindgen's `app-3f0c9a1b_bg.wasm` beside its glue. */
function isInNameOfAnother(text: string, at: number, own: string, bases: ReadonlySet<string>): boolean {
  const name = text.slice(startOfWord(text, at), at) + /^[\w.~-]*/.exec(text.slice(at, at + longestName))![0]
  return name !== own && bases.has(name)
}

/** Longer names no file system has. */
const longestName = 255

/** Where a name begins that goes up to a position. */
function startOfWord(text: string, end: number): number {
  let start = end
  while (end - start < longestName && /[\w.~-]/.test(text.charAt(start - 1))) start--
  return start
}

/** Whether a hash that stands alone can be nothing else than that in a file's name. */
function standsForFile(hash: string, base: string, text: string, at: number): boolean {
  const end = at + hash.length
  if (hash.length < longEnough || !isWord(text, at, end)) return false
  return /^[\da-f]+$/.test(hash) || (isString(text, at, end) && text.includes(base))
}

/** Whether quotes stand around a part of a text. */
function isString(text: string, start: number, end: number): boolean {
  return /["'`]/.test(text[start - 1] ?? '') && text[start - 1] === text[end]
}

function isWord(text: string, start: number, end: number): boolean {
  return !/[A-Za-z0-9]/.test(text[start - 1] ?? '') && !/[A-Za-z0-9]/.test(text[end] ?? '')
}
