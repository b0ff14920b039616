/** How many origins a file may be listed for, as in Chromium. */
export const maximumOrigins = 100

/**
 * Reads origins as a store names them: as `'*'`, a URL, or a list of URLs, of which the origins count.
 *
 * @returns `'*'`, or the serialised origins, each once.
 * @throws {TypeError} If one has no origin, or they are too many.
 * @see https://wicg.github.io/cross-origin-storage/#requestfilehandle (validate a COS request)
 */
export function toGrant(origins: string | string[]): '*' | string[] {
  if (origins === '*') return '*'
  const listed = typeof origins === 'string' ? [origins] : origins
  if (listed.length > maximumOrigins) {
    throw new TypeError(`"origins" lists ${listed.length} origins: ${maximumOrigins} are possible.`)
  }
  return [...new Set(listed.map(toOrigin))]
}

/**
 * Reads the value of a `Cross-Origin-Storage-Allow-Origin` header.
 *
 * @returns The origins that a page's stores may list; none if the header is missing or has a token that is no origin.
 * @see https://wicg.github.io/cross-origin-storage/#allow-origin-header
 */
export function parseAllowOrigin(header: string | null): string[] {
  const tokens = (header ?? '').split(',').map((token) => token.trim())
  const origins = tokens.filter((token) => token !== '').map(originOf)
  return origins.every((origin) => origin !== undefined) ? origins : []
}

function toOrigin(url: string): string {
  const origin = originOf(url)
  if (origin !== undefined) return origin
  const star = url === '*' ? `: give '*' alone, or list origins without it.` : ': write https://host[:port].'
  throw new TypeError(`"origins" lists "${url}", which has no origin${star}`)
}

function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { origin } = new URL(url)
  return origin === 'null' ? undefined : origin
}
