/**
 * Searches sorted digests by halves.
 *
 * @param digest 64 lowercase hexadecimal digits.
 * @param count How many sorted digests there are.
 * @param digestAt Reads the 32 bytes of one.
 */
export function isAmong(digest: string, count: number, digestAt: (index: number) => Buffer): boolean {
  const wanted = Buffer.from(digest, 'hex')
  for (let low = 0, high = count; low < high;) {
    const middle = (low + high) >>> 1
    const order = digestAt(middle).compare(wanted)
    if (order === 0) return true
    if (order < 0) low = middle + 1
    else high = middle
  }
  return false
}
