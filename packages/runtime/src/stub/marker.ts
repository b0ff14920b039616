/**
 * A marker says that this origin has downloaded the file with this hash from this URL itself, so that the browser's
 * HTTP cache may have it. It is in the Cache API, where service workers look for answers: its key is a URL that no page
 * requests (`.invalid` is nobody's domain, RFC 2606).
 */
const keyOf = (url: string): string => 'https://wasm-cos.invalid/?' + url

const cacheName = 'wasm-cos'

/** Whether the file with this hash was downloaded from this URL. Where there is no cache, none is made. */
export const isMarked = async (url: string, hash: string): Promise<boolean> => {
  const marker = await caches.match(keyOf(url))
  return !!marker && (await marker.text()) == hash
}

export const mark = async (url: string, hash: string): Promise<void> =>
  (await caches.open(cacheName)).put(keyOf(url), new Response(hash))

export const unmark = async (url: string): Promise<boolean> =>
  (await caches.open(cacheName)).delete(keyOf(url))
