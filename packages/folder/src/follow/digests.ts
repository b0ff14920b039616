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

/** Base64 with the characters that JSON and HTML may write in other ways. */
const written = /sha(?:256|384|512)-(?:[\w+/=]|\\\/|\\u002[bBfF]|&#43;|&#x2[bB];)+|\b[0-9a-f]{32,64}\b/g

/** Replaces the digests in a text. */
export function replaceDigests(text: string, replace: (digest: string) => string | undefined): string {
  return text.replace(written, (match) => {
    const plain = match
      .replaceAll('\\/', '/')
      .replace(/\\u002b|&#43;|&#x2b;/gi, '+')
      .replace(/\\u002f/gi, '/')
    return replace(plain) ?? match
  })
}
