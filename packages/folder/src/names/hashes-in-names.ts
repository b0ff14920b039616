import { digestForms, type HashPosition, hashPositionOf, isScriptName } from '@wasm-cos/core'

/** A name that may end with a short hash, in hexadecimal digits or base 36, as Bun and Turbopack write it. */
const token = /^(?<prefix>(?:.*[.\-_~])?)(?<hash>[0-9a-z]{5,13})$/

/** A name that may end with a hash of Turbopack's, in which letters and digits are not all: `0mjdxvr-uy_ud`. */
const turbopackToken = /^(?<prefix>(?:.*[.\-_~])?)(?<hash>[0-3][0-9a-z_-]{12})$/

/** A name that may end with a hash in the Base64 of URLs, as Rollup and Vite write it. */
const base64Token = /^(?<prefix>(?:.*\/)?(?:.*[.\-_~])?)(?<hash>[\w-]{8})(?:\.lean)?\.\w+$/

/** From how many files on it is no coincidence that their names are alike. */
const enough = 3

/** The part of a name that may be a hash. */
interface Candidate {
  fileName: string
  start: number
  hash: string
  /** What names alike have in common: folder, length, separator and ending, if that is not a wasm file's. */
  kind: string
  /** What names of a series have in common besides: what stands before the hash. */
  series: string
}

/**
 * Finds where names carry a hash of the content: what looks like one by itself, and what is shorter or plainer where the
 * names of several files in the folder are alike (`chunk-8a2n1.js`, `chunk-x9k3p.js`, `chunk-q2w8e.js`). A word is taken
 * for a hash only in a series of names that differ in nothing else; what ends with the last word of several names
 * (`x-vp8-wasm.js`, `x-opus-wasm.js`) is no hash, but words in a row. Wherever it stands, a digest of the file's content is one.
 * Pages have none: their names are URLs that others know, also where these have an id in them.
 *
 * @param fileNames Every file of the folder: another name has none.
 * @param texts The texts of the folder, by name.
 * @param told The hashes that a bundler says it has put into names, by name.
 */
export function hashesInNames(
  fileNames: string[],
  texts: ReadonlyMap<string, string>,
  told: ReadonlyMap<string, string> = new Map(),
): (fileName: string) => HashPosition | undefined {
  // Two contents have no hash in common: a script and the wasm beside it share a version, and the script may derive one name from the other.
  const scripts = new Set(fileNames.filter(isScript).map(stemOf))
  const wasm = fileNames.filter((name) => name.endsWith('.wasm'))
  const pairs = new Set(wasm.map(stemOf).filter((stem) => scripts.has(stem)))
  const isAlone = (name: string): boolean => !pairs.has(stemOf(name))
  const candidates = fileNames.filter((name) => isScript(name) && isAlone(name)).flatMap(candidateIn)
  const random = candidates.filter(({ hash }) => isMixed(hash))
  // A build with one script may have many wasm files.
  const ofWasm = wasm.filter(isAlone).flatMap(candidateIn)
  const kinds = countBy([...random, ...ofWasm.filter(({ hash }) => isMixed(hash))], ({ kind }) => kind)
  const series = countBy(random, (candidate) => candidate.series)
  const found = new Map<string, HashPosition>()
  for (const { fileName, start, hash, kind, series: own } of candidates) {
    const isHash = (series.get(own) ?? 0) >= enough || (isMixed(hash) && (kinds.get(kind) ?? 0) >= enough)
    if (isHash) found.set(fileName, { start, end: start + hash.length })
  }
  const ofBase64 = fileNames.flatMap(base64In)
  const certain = ofBase64.filter(({ fileName }) => hashPositionOf(fileName) !== undefined)
  const base64Kinds = new Set(certain.map(({ kind }) => kind))
  for (const { fileName, start, hash, kind } of ofBase64)
    if (base64Kinds.has(kind) && isScript(fileName) && isAlone(fileName))
      found.set(fileName, { start, end: start + hash.length })
  const endings = countBy(fileNames.flatMap(lastWordIn), (word) => word)
  for (const fileName of fileNames.filter((name) => named.test(name) && (!isScript(name) || isAlone(name)))) {
    const isOfWords = lastWordIn(fileName).some((word) => endings.get(word)! >= enough)
    const position =
      digestInName(fileName, texts.get(fileName)) ?? (isOfWords ? undefined : hashPositionOf(fileName))
    if (position !== undefined) found.set(fileName, position)
  }
  for (const [fileName, hash] of told) {
    const start = fileName.lastIndexOf(hash)
    if (hash !== '' && start > fileName.lastIndexOf('/'))
      found.set(fileName, { start, end: start + hash.length })
  }
  return (fileName) => found.get(fileName)
}

function isScript(fileName: string): boolean {
  return isScriptName(fileName)
}

/** The path of a file without its ending. */
function stemOf(fileName: string): string {
  return fileName.replace(/\.\w+$/, '')
}

/** What bundlers name by its content, of what has text. */
const named = /\.([cm]?js|css|json|webmanifest|map)$/

/** Where a name has a digest of the file's whole content in it, as sbt-digest writes it before the name. */
function digestInName(fileName: string, text: string | undefined): HashPosition | undefined {
  const base = fileName.lastIndexOf('/') + 1
  const digest = /(?<![\da-z])[\da-f]{32,64}(?![\da-z])/i.exec(fileName.slice(base))
  if (text === undefined || digest === null) return undefined
  const start = base + digest.index
  const isOwn = digestForms.some(({ kind, write }) => kind === 'revision' && write(text) === digest[0])
  return isOwn ? { start, end: start + digest[0].length } : undefined
}

/** The word behind the last hyphen of a script's name. */
function lastWordIn(fileName: string): string[] {
  return /-([a-z]{3,})\.[cm]?js$/.exec(fileName)?.slice(1) ?? []
}

function candidateIn(fileName: string): Candidate[] {
  const base = fileName.slice(fileName.lastIndexOf('/') + 1)
  const folder = fileName.slice(0, -base.length)
  const [ending] = /\.\w+$/.exec(base)!
  const stem = base.slice(0, -ending.length)
  const { prefix, hash } = (turbopackToken.exec(stem) ?? token.exec(stem))?.groups ?? {}
  if (prefix === undefined || hash === undefined) return []
  const kind = [folder, hash.length, prefix.slice(-1), ending.replace('.wasm', '.js')].join('\n')
  return [{ fileName, start: folder.length + prefix.length, hash, kind, series: `${kind}\n${prefix}` }]
}

/** What may be a hash of Rollup's and Vite's, which give one to whatever they name, in one folder and behind one separator. */
function base64In(fileName: string): Omit<Candidate, 'series'>[] {
  const { prefix, hash } = base64Token.exec(fileName)?.groups ?? {}
  if (prefix === undefined || hash === undefined || isWord(hash)) return []
  const kind = prefix.slice(0, prefix.lastIndexOf('/') + 1) + prefix.slice(-1)
  return [{ fileName, start: prefix.length, hash, kind }]
}

/**
 * Whether a text is what people write: it has no capitals or nothing else, or words begin with them (`DataGrid`, `useStore2`), which
 * have more than one letter, and vowels.
 */
function isWord(text: string): boolean {
  if (!/[A-Z]/.test(text) || !/[a-z]/.test(text)) return true
  const words = /^(?:[A-Z]?[a-z]+)+\d*$/.test(text) ? text.match(/[A-Z]?[a-z]+/g)! : []
  return words.length > 0 && words.every((word) => word.length > 1 && /[aeiouy]/i.test(word))
}

/** Whether a text has digits among letters, as words do not: digits behind a word are its version. */
function isMixed(hash: string): boolean {
  return /\d.*[a-z]|[a-z]\d+[a-z]/.test(hash)
}

function countBy<Item>(items: Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
