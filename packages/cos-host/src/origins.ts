/**
 * Checks the `origins` of a store, in the page and again in the host.
 *
 * @throws {TypeError} If they are neither `'*'` nor a list of serialised origins.
 */
export function checkOrigins(origins: unknown): asserts origins is '*' | string[] {
  if (origins === '*') return
  if (!Array.isArray(origins)) {
    throw new TypeError(
      `"origins" is ${JSON.stringify(origins)}: give '*' or a list of origins, or leave it out.`,
    )
  }
  for (const origin of origins) checkOrigin(origin)
}

/** Accepts an HTTPS origin, and that of a development server on localhost. */
function checkOrigin(origin: unknown): void {
  if (origin === '*') {
    throw new TypeError(`"origins" lists '*': give '*' alone, or list origins without it.`)
  }
  if (typeof origin === 'string' && isTrusted(origin)) return
  throw new TypeError(
    `"origins" lists ${JSON.stringify(origin)}, which is not a serialised origin: ` +
      'write https://host[:port] (or http://localhost[:port]) without a path or a trailing slash.',
  )
}

function isTrusted(origin: string): boolean {
  try {
    const url = new URL(origin)
    return url.origin === origin && (url.protocol === 'https:' || /^http:\/\/localhost(:\d+)?$/.test(origin))
  } catch {
    return false
  }
}
