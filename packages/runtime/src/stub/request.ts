/** Longer URLs are data of many megabytes, which are dear to parse. */
const longestUrl = 1e4

/** Whether to make a `Request` of the arguments of `fetch` takes nothing from them but headers. */
export const isGet = (input: RequestInfo | URL, init: RequestInit): boolean =>
  !(input + '')[longestUrl] && /^(get)?$/i.test(init.method || (input as Request).method || '')

/** Whether headers are still there after they were read: an iterator's are not. */
export const canBeReadAgain = (headers: HeadersInit | null | undefined): boolean =>
  !headers || !(Symbol.iterator in headers) || 'keys' in headers

/** The URL of what `fetch` is asked for, resolved as `fetch` does. */
export const urlOf = (input: RequestInfo | URL): string =>
  new Request(input instanceof Request ? input.url : input).url

/** Whether a request is for the whole of a file whose integrity is known, and for no other. */
export const isForWhole = ({ signal, integrity, headers }: Request, known: string): boolean =>
  !signal.aborted && (!integrity || integrity == known) && !headers.has('Range')

/** Whether the answer to a request may come from somewhere else than its server: ky and axios say that they accept all. */
export const isPlain = ({ headers, cache }: Request): boolean =>
  [...headers].every((header) => /^accept,.*\*\/\*/.test('' + header)) &&
  cache != 'reload' &&
  cache != 'no-store'
