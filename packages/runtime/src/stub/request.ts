/** Longer URLs are data of many megabytes, which are dear to parse. */
const longestUrl = 1e4

/** Whether to make a `Request` of the arguments of `fetch` takes nothing from them but headers. */
export const isGet = (input: RequestInfo | URL, init: RequestInit): boolean =>
  !(input + '')[longestUrl] && /^(get)?$/i.test(init.method || (input as Request).method || '')

/** Whether headers are still there after they were read: an iterator's are not. */
export const canBeReadAgain = (headers: HeadersInit | null | undefined): boolean =>
  !headers || !(Symbol.iterator in headers) || 'keys' in headers

/**
 * Whether a request can be answered with a file: it still waits for an answer, and asks for no other file's hash.
 *
 * @param integrity The file's hash as Subresource Integrity writes it.
 */
export const accepts = (request: Request, integrity: string): boolean =>
  !request.signal.aborted && (!request.integrity || request.integrity == integrity)

/** Whether the answer to a request may come from somewhere else than its server: ky and axios say that they accept all. */
export const isPlain = ({ headers, cache }: Request): boolean =>
  [...headers].every(([name, value]) => name == 'accept' && value.includes('*/*')) &&
  cache != 'reload' &&
  cache != 'no-store'

/** The URL of a request as a response to it has it. */
export const urlOf = (request: Request): string => request.url.split('#')[0]!
