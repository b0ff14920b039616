import type { WasmHash } from '../api.ts'
import { asIntegrity } from './integrity.ts'

/** Longer URLs are data of many megabytes, which are dear to parse. */
const longestUrl = 1e4

/** Whether to make a `Request` of the arguments of `fetch` takes nothing from them but headers. */
export const isGet = (input: RequestInfo | URL, init: RequestInit): boolean =>
  !(input + '')[longestUrl] && /^(get)?$/i.test(init.method || (input as Request).method || '')

/** Whether headers are still there after they were read: an iterator's are not. */
export const canBeReadAgain = (headers: HeadersInit | null | undefined): boolean =>
  !headers || !(Symbol.iterator in headers) || 'keys' in headers

/**
 * Whether the answer to a request may come from somewhere else than its server. Libraries have headers that say nothing to who
 * serves a file: ky and axios that they accept all, rxjs and jQuery that they are scripts, alova of what type a body would be.
 */
export const isPlain = (request: Request): boolean =>
  [...request.headers].every(([name, value]) =>
    name == 'accept' ? value.includes('*/*') : /^(content-type|x-requested-with)$/.test(name),
  ) && !/reload|no-store|only-if-cached/.test(request.cache)

/**
 * Whether the arguments of `fetch` still make the request that was made of them. Meanwhile the page can have another address,
 * against which URLs are resolved, and can have changed an object that it has given.
 *
 * @param values What the options had.
 */
export const isStill = (
  request: Request,
  input: RequestInfo | URL,
  init: RequestInit,
  values: readonly unknown[],
): boolean => {
  try {
    const now: unknown[] = Object.values(init)
    return (
      now.length == values.length &&
      now.every((value, index) => value === values[index]) &&
      textOf(new Request(input, init)) == textOf(request)
    )
  } catch {
    return false
  }
}

/**
 * The arguments of `fetch` for the same request with other options: who has replaced `fetch` may expect what the page gives. Of
 * options that are no plain object nothing can be copied.
 */
export const withOptions = (
  request: Request,
  [input, init]: Parameters<typeof fetch>,
  changes: RequestInit,
): Parameters<typeof fetch> =>
  !init || Object.getPrototypeOf(init) == Object.prototype
    ? [input, Object.assign({}, init, changes)]
    : [new Request(request, changes)]

/** What of a request stands in objects that the page has given. */
const textOf = (request: Request): string => request.url + [...request.headers]

/** Whether a request is not aborted, and asks for no other hash than this. */
export const awaits = (request: Request, hash: WasmHash): boolean =>
  !request.signal.aborted && (!request.integrity || request.integrity == asIntegrity(hash))

/** Whether the answer to a request has the whole file in it, and shows it: only then its hash can be enforced. */
export const isForWhole = (request: Request): boolean =>
  request.mode != 'no-cors' &&
  request.redirect != 'manual' &&
  ![...request.headers].some(([name]) => /^(range|if-)/.test(name))

/** The URL of a request as a response to it has it. */
export const urlOf = (request: Request): string => request.url.split('#')[0]!
