import { isHash } from '../entry.ts'
import { toGrant } from '../origins.ts'
import type { HandleRequest } from './api.ts'

/**
 * Converts the arguments of `getFileHandle` as WebIDL does, then checks them.
 *
 * @throws {TypeError} Says which argument is wrong and what belongs there.
 */
export function toHandleRequest(hash: unknown, options: unknown): HandleRequest {
  const request: HandleRequest = { hash: toHash(hash), create: false }
  const { create, origins } = toDictionary(options, 'The second argument')
  request.create = Boolean(create)
  if (origins !== undefined) request.origins = toGrant(toText(origins))
  return request
}

/** WebIDL's `sequence<T>`: whatever can be iterated. */
export function toSequence(value: unknown, what: string): unknown[] {
  if (isIterable(value)) return [...value]
  throw new TypeError(`${what} must be a list.`)
}

function toHash(hash: unknown): string {
  const { algorithm, value } = toDictionary(hash, 'The hash')
  if (algorithm === undefined || value === undefined) {
    throw new TypeError('The hash must be { algorithm, value }: both are required.')
  }
  if (`${algorithm}`.toUpperCase() !== 'SHA-256') {
    throw new TypeError(`The hash's algorithm is "${algorithm}": only "SHA-256" is supported.`)
  }
  const text = `${value}`
  if (!isHash(text)) {
    throw new TypeError(
      `The hash's value is "${text}": write the SHA-256 in 64 lowercase hexadecimal digits.`,
    )
  }
  return text
}

/** WebIDL's `(DOMString or sequence<DOMString>)`. */
function toText(origins: unknown): string | string[] {
  return isIterable(origins) ? [...origins].map((origin) => `${origin}`) : `${origins}`
}

function toDictionary(value: unknown, what: string): Record<string, unknown> {
  if (value === undefined || value === null) return {}
  if (typeof value === 'object' || typeof value === 'function') return value as Record<string, unknown>
  throw new TypeError(`${what} must be an object.`)
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
