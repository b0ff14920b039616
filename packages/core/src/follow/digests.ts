import { createHash } from 'node:crypto'

/** How a file can carry a digest of another: as Subresource Integrity and policies do, or as cache lists do. */
export type DigestKind = 'integrity' | 'revision'

/** A digest of a file's content, as other files write it. */
export interface Digest {
  kind: DigestKind
  text: string
}

const integrities = ['sha256', 'sha384', 'sha512']
const revisions = ['md5', 'sha1', 'sha256']

/** The digests that other files may carry of this content; in the same order for every content. */
export function digestsOf(content: string): Digest[] {
  const digest = (algorithm: string, encoding: 'base64' | 'hex') =>
    createHash(algorithm).update(content).digest(encoding)
  return [
    ...integrities.map((algorithm): Digest => ({
      kind: 'integrity',
      text: `${algorithm}-${digest(algorithm, 'base64')}`,
    })),
    ...revisions.map((algorithm): Digest => ({ kind: 'revision', text: digest(algorithm, 'hex') })),
  ]
}

/** Finds what may be digests in a text, without escapes. Scripts are large, and only those are searched that may have one. */
export function digestsIn(fileName: string, text: string): Set<string> {
  const found = new Set<string>()
  if (!mayCarryDigest(fileName, text)) return found
  replaceDigests(text, (digest) => {
    found.add(digest)
    return undefined
  })
  return found
}

function mayCarryDigest(fileName: string, text: string): boolean {
  // What a source map quotes are the sources.
  if (fileName.endsWith('.map')) return false
  return !/\.[cm]?js$/.test(fileName) || integrityLike.test(text) || quotedRevision.test(text)
}

/** The stub has `sha256-` too, and no digest behind it. */
const integrityLike = /sha(?:256|384|512)-[\w+/\\&%]/

/** As long as MD5, SHA-1 and SHA-256 are. */
const quotedRevision = /["'`](?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64})["'`]/

/** How HTML, JSON, JavaScript and URLs can write `+`, `/` and `=`, the characters of Base64 that are no letters or digits. */
const escaped = String.raw`\\+\/|\\+u00(?:2b|2f|3d)|\\+u\{0*(?:2b|2f|3d)\}|\\+x(?:2b|2f|3d)|&#(?:43|47|61);|&#x0*(?:2b|2f|3d);|&(?:plus|sol|equals);|%(?:2b|2f|3d)`
const escapes = new RegExp(escaped, 'gi')
const digests = new RegExp(`sha(?:256|384|512)-(?:[a-z\\d+/=]|${escaped})+|\\b[\\da-f]{32,64}\\b`, 'gi')

/** What stands for each of these characters in an escape. */
const written: Record<string, string[]> = {
  '+': ['2b', '43', 'plus'],
  '/': ['2f', '47', 'sol', '/'],
  '=': ['3d', '61', 'equals'],
}

/**
 * Replaces the digests in a text, however they are escaped there; new ones are escaped in the same way.
 *
 * @param replace Gets a digest without escapes and returns the new one, or undefined to leave it.
 */
export function replaceDigests(text: string, replace: (digest: string) => string | undefined): string {
  return text.replace(digests, (match) => {
    const replaced = replace(match.replace(escapes, characterOf))
    if (replaced === undefined) return match
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
