import { hash } from 'node:crypto'
import { remember } from '../memory/remember.ts'
import type { Span } from '../syntax/span.ts'

/** How a file can carry a digest of another: as Subresource Integrity and policies do, or as cache lists do. */
export type DigestKind = 'integrity' | 'revision'

/** A form in which files write digests of the content of others. */
export interface DigestForm {
  kind: DigestKind
  /** Whether a digest may have this form. */
  isOf(digest: string): boolean
  /** The digest of a content. */
  write(content: string): string
}

const integrities = ['sha256', 'sha384', 'sha512']
const revisions = { md5: 32, sha1: 40, sha256: 64 }

export const digestForms: readonly DigestForm[] = [
  ...integrities.map((algorithm): DigestForm => ({
    kind: 'integrity',
    isOf: (digest) => digest.startsWith(`${algorithm}-`),
    write: remember((content) => `${algorithm}-${hash(algorithm, content, 'base64')}`),
  })),
  ...Object.entries(revisions).map(([algorithm, length]): DigestForm => ({
    kind: 'revision',
    isOf: (digest) => digest.length === length && !digest.includes('-'),
    write: remember((content) => hash(algorithm, content)),
  })),
]

/** Finds what may be digests in a text, as {@link DigestForm.write} writes them. */
export function digestsIn(fileName: string, text: string): ReadonlySet<string> {
  // What a source map quotes are the sources.
  return fileName.endsWith('.map') ? new Set() : allDigestsIn(text)
}

const allDigestsIn = remember((text) => new Set([...revisionsIn(text), ...integritiesIn(text)]))

const shortestRevision = 32

/**
 * Finds hexadecimal words as long as a digest. A word of so many digits stands on one of so many positions: texts are large,
 * and only these positions are looked at.
 */
function* revisionsIn(text: string): Generator<string> {
  for (let at = shortestRevision - 1; at < text.length; at += shortestRevision) {
    if (!isHexDigit(text.charCodeAt(at))) continue
    let start = at
    while (isHexDigit(text.charCodeAt(start - 1))) start--
    let end = at + 1
    while (isHexDigit(text.charCodeAt(end))) end++
    const isWord = !/\w/.test(text.charAt(start - 1)) && !/\w/.test(text.charAt(end))
    if (isWord && Object.values(revisions).includes(end - start)) yield text.slice(start, end)
    // The next word begins behind what ends this one.
    at = end - 1
  }
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102)
}

function* integritiesIn(text: string): Generator<string> {
  for (const { index } of text.matchAll(beginning)) {
    integrity.lastIndex = index
    const found = integrity.exec(text)
    if (found !== null) yield canonical(found[0])
  }
}

/** How HTML, JSON, JavaScript and URLs can write `+`, `/` and `=`, the characters of Base64 that are no letters or digits. */
const escaped = String.raw`\\+\/|\\+u00(?:2b|2f|3d)|\\+u\{0*(?:2b|2f|3d)\}|\\+x(?:2b|2f|3d)|&#(?:43|47|61);|&#x0*(?:2b|2f|3d);|&(?:plus|sol|equals);|%(?:2b|2f|3d)`
const escapes = new RegExp(escaped, 'gi')
/** How an integrity begins. To look for this alone, with regard to case, is many times faster. */
const beginning = /sha(?:256|384|512)-/g
/** Browsers take the Base64 of URLs as well, and either without padding. */
const letter = `(?:[a-z\\d+/_-]|${escaped})`
const padding = `(?:=|${escaped})`
const integrityPattern = `sha(?:256-${letter}{43}${padding}?|384-${letter}{64}|512-${letter}{86}${padding}{0,2})`
const integrity = new RegExp(integrityPattern, 'iy')
const digests = new RegExp(`${integrityPattern}|\\b[\\da-f]{32,64}\\b`, 'gi')

/** A digest without escapes; of an integrity, as {@link DigestForm.write} writes it. */
function canonical(match: string): string {
  const digest = match.replace(escapes, characterOf)
  const start = digest.indexOf('-') + 1
  if (start === 0) return digest
  const base64 = digest.slice(start).replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')
  return digest.slice(0, start) + base64.padEnd(Math.ceil(base64.length / 4) * 4, '=')
}

/** Writes digests in the Base64 of another one: that of URLs, and without padding. */
function inBase64Of(match: string, digests: string): string {
  const sample = match.replace(escapes, characterOf)
  const padded = sample.length === canonical(match).length ? digests : digests.replaceAll('=', '')
  const isOfUrls = /[-_]/.test(sample.slice(sample.indexOf('-') + 1))
  return isOfUrls ? padded.replaceAll('+', '-').replaceAll('/', '_') : padded
}

/** What stands for each of these characters in an escape. */
const written: Record<string, string[]> = {
  '+': ['2b', '43', 'plus'],
  '/': ['2f', '47', 'sol', '/'],
  '=': ['3d', '61', 'equals'],
}

/**
 * Replaces the digests in a text, however they are written there; new ones are written in the same way.
 *
 * @param replace Gets a digest as {@link DigestForm.write} writes it, and where it stands; returns new ones, or undefined to leave it.
 */
export function replaceDigests(
  text: string,
  replace: (digest: string, place: Span) => string | undefined,
): string {
  return text.replace(digests, (match, start: number) => {
    const found = replace(canonical(match), { start, end: start + match.length })
    if (found === undefined) return match
    const replaced = match.includes('-') ? inBase64Of(match, found) : found
    const samples = match.match(escapes) ?? []
    if (samples.length === 0) return replaced
    const plain = match.replace(escapes, '')
    return replaced.replace(/[+/=]/g, (character) =>
      plain.includes(character) ? character : escapeLike(character, samples),
    )
  })
}

/** The character that an escape stands for. */
function characterOf(escape: string): string {
  const lower = escape.toLowerCase()
  return Object.keys(written).find((character) => written[character]!.some((code) => lower.includes(code)))!
}

/** Writes a character as it is written nearby, or as another one is. */
function escapeLike(character: string, samples: string[]): string {
  const own = samples.find((sample) => characterOf(sample) === character)
  if (own !== undefined) return own
  const [sample] = samples as [string]
  const codes = written[characterOf(sample)]!
  const kind = codes.findIndex((code) => sample.toLowerCase().includes(code))
  const code = written[character]![kind]
  if (code === undefined) return character
  const isUpper = sample.includes(codes[kind]!.toUpperCase())
  return sample.replace(new RegExp(codes[kind]!, 'i'), isUpper ? code.toUpperCase() : code)
}
