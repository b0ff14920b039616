/** A SHA-256 as Subresource Integrity writes it. */
export const integrityOf = (digest: Iterable<number>): string =>
  'sha256-' + btoa(String.fromCharCode(...digest))

/** The bytes that hexadecimal digits stand for. */
export const bytesOf = (digits: string): number[] => digits.match(/../g)!.map((byte) => parseInt(byte, 16))
