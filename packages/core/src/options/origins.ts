import { OptionError } from './option-error.ts'
import type { Origins } from '../output.ts'

/** The `origins` option for one file. */
export type OriginsOption = 'auto' | '*' | readonly string[]

/** Checks a value of the `origins` option and returns it. */
export function checkOrigins(value: unknown): OriginsOption {
  if (value === 'auto' || value === '*') return value
  if (!Array.isArray(value)) {
    throw new OptionError(
      'origins',
      value,
      "use 'auto', '*', a list of HTTPS origins, or a function that returns one of these",
    )
  }
  if (value.includes('*') && value.length > 1) {
    throw new OptionError(
      'origins',
      value,
      "'*' already means every origin: use '*' alone, or list origins without it",
    )
  }
  if (value.includes('*')) throw new OptionError('origins', value, "write origins: '*' without the list")
  for (const origin of value) checkOrigin(origin)
  return value
}

/**
 * An origin must be serialised as the browser does it, or it would never match.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
function checkOrigin(origin: unknown): void {
  const url = typeof origin === 'string' && URL.canParse(origin) ? new URL(origin) : null
  if (url === null) {
    throw new OptionError(
      'origins',
      origin,
      "an origin looks like 'https://app.example.com' or 'https://app.example.com:8443'",
    )
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && url.hostname === 'localhost')) {
    throw new OptionError(
      'origins',
      origin,
      `Cross-Origin Storage exists for HTTPS origins (and http://localhost in development) only: use 'https://${url.host || 'app.example.com'}'`,
    )
  }
  if (url.hostname.includes('*')) {
    throw new OptionError(
      'origins',
      origin,
      "origins have no wildcards: list each one, or use '*' for every site",
    )
  }
  if (url.origin !== origin) {
    throw new OptionError(
      'origins',
      origin,
      `write it as the browser does, without path, trailing slash or default port: '${url.origin}'`,
    )
  }
}

/** What `'auto'` stands for, once it is known whether the file is a dependency's, byte for byte. */
export function resolveOrigins(option: OriginsOption, isFromDependency: boolean): Origins {
  if (option !== 'auto') return option
  return isFromDependency ? '*' : []
}

/** Whether a module or file belongs to a dependency. */
export function isDependency(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path)
}
