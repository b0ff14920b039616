import { OptionError } from './option-error.ts'
import type { OriginsOption } from './origins.ts'

/**
 * The length of the longest list that browsers take: with a longer one, every store is rejected. @see
 * https://wicg.github.io/cross-origin-storage/
 */
const mostOrigins = 100

/**
 * Checks a value of the `origins` option and returns it.
 *
 * @throws {OptionError} For a value that no browser would take.
 */
export function checkOrigins(value: unknown): OriginsOption {
  if (value === 'auto' || value === '*') return value
  if (!Array.isArray(value)) {
    const fix = "use 'auto', '*', a list of HTTPS origins, or a function that returns one of these"
    throw bad(value, value instanceof Promise ? `${fix} itself, and no promise of it` : fix)
  }
  if (value.includes('*') && value.length > 1) {
    throw bad(value, "'*' already means every origin: use '*' alone, or list origins without it")
  }
  if (value.includes('*')) throw bad(value, "write origins: '*' without the list")
  if (value.length > mostOrigins) {
    throw bad(
      value,
      `browsers take ${mostOrigins} origins at the most, and these are ${value.length}: list fewer, or use '*'`,
    )
  }
  for (const origin of value) checkOrigin(origin)
  return value
}

/**
 * Checks that an origin is written as browsers serialise it: otherwise it would never match.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
function checkOrigin(origin: unknown): void {
  const url = typeof origin === 'string' && URL.canParse(origin) ? new URL(origin) : null
  if (url === null) {
    throw bad(origin, "an origin looks like 'https://app.example.com' or 'https://app.example.com:8443'")
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && url.hostname === 'localhost')) {
    const better = isLoopback(url)
      ? `http://localhost${url.port && `:${url.port}`}`
      : `https://${url.host || 'app.example.com'}`
    throw bad(
      origin,
      `Cross-Origin Storage exists for HTTPS origins (and http://localhost in development) only: use '${better}'`,
    )
  }
  if (url.hostname.includes('*')) {
    throw bad(origin, "origins have no wildcards: list each one, or use '*' for every site")
  }
  if (url.origin !== origin) {
    throw bad(
      origin,
      `write it as the browser does, without path, trailing slash or default port: '${url.origin}'`,
    )
  }
}

/** Whether a URL is on this machine, by its address. */
function isLoopback({ hostname }: URL): boolean {
  return /^127\.|^\[::1\]$/.test(hostname)
}

function bad(value: unknown, fix: string): OptionError {
  return new OptionError('origins', value, fix)
}
