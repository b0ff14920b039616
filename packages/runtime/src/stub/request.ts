declare const INTEGRITY: boolean

/** Longer URLs are data of many megabytes, which are dear to parse. */
const longestUrl = 1e4

/** Whether to make a `Request` of the arguments of `fetch` takes nothing from them but headers. */
export const isGet = (input: RequestInfo | URL, init: RequestInit): boolean =>
  !(input + '')[longestUrl] && /^(get)?$/i.test(init.method || (input as Request).method || '')

/** Whether headers are still there after they were read: an iterator's are not. */
export const canBeReadAgain = (headers: HeadersInit | null | undefined): boolean =>
  !headers || !(Symbol.iterator in headers) || 'keys' in headers

/**
 * Whether a request may be answered for its server. With `integrity` it has to carry the hash in any case: there, headers
 * and what they say of caches decide later.
 *
 * @param known The integrity of the whole file.
 */
export const isForWhole = (request: Request, known: string): boolean =>
  !request.signal.aborted &&
  (!request.integrity || request.integrity == known) &&
  (INTEGRITY ? !request.headers.has('Range') : isPlain(request))

/** Whether the answer to a request may come from somewhere else than its server: ky and axios say that they accept all. */
export const isPlain = ({ headers, cache }: Request): boolean =>
  [...headers].every((header) => /^accept,.*\*\/\*/.test('' + header)) &&
  cache != 'reload' &&
  cache != 'no-store'
