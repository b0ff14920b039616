/**
 * A marker says that this origin has downloaded a file from this URL itself, so that the browser's HTTP cache may have it: the
 * file's hash, and the version that the server has given the response. It is in the Cache API, where service workers look for answers: its key is a URL that no page
 * requests (`.invalid` is nobody's domain, RFC 2606).
 */
const keyOf = (url: string): string => 'https://wasm-cos.invalid/?' + url

const cacheName = 'wasm-cos'

/** The marker of a URL. Where there is no cache, none is made. */
export const markerAt = (url: string): Promise<string | undefined> =>
  caches.match(keyOf(url)).then((marker) => marker && marker.text())

export const mark = async (url: string, marker: string): Promise<void> =>
  (await caches.open(cacheName)).put(keyOf(url), new Response(marker))

export const unmark = async (url: string): Promise<boolean> =>
  (await caches.open(cacheName)).delete(keyOf(url))

/**
 * What tells a response from others of its URL: the HTTP cache may have one by now that came when the server had another file
 * there. Null if nothing does.
 */
export const versionOf = (response: Response): string | null =>
  response.headers.get('ETag') || response.headers.get('Date')
