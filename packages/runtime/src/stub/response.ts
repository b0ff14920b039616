/** The type that streaming compilation asks for. */
const type = 'application/wasm'

/**
 * Makes a stream of bytes. A response copies a buffer that it is given, which is slow if that is large. The class is that of the
 * browser's own responses: a page may have put another one in its place (web-streams-polyfill), of which they have the text.
 */
export const streamOf = (bytes: ArrayBuffer): ReadableStream =>
  new (new Response('').body!.constructor as typeof ReadableStream)({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes))
      controller.close()
    },
  })

/** Makes a response of the type for wasm, with the URL, status and other headers of another response. */
export const wasmResponse = (body: BodyInit | null, other: ResponseInit & { url: string }): Response => {
  const response = new Response(body, other)
  response.headers.set('Content-Type', type)
  return withUrl(response, other.url)
}

/**
 * Gives a response a URL, and its clones, by a prototype of its own: a page finds both where a response has them, can put something
 * else in their place, and enumerates them.
 */
const withUrl = (response: Response, url: string): Response => {
  const clone = (): Response => withUrl(Response.prototype.clone.call(response), url)
  return Object.setPrototypeOf(
    response,
    Object.create(Response.prototype, {
      url: { value: url, enumerable: true },
      clone: { value: clone, enumerable: true, writable: true },
    }) as Response,
  )
}

/** A response as streaming compilation wants it: itself, if its type is right. */
export const compilable = (response: Response): Response =>
  response.headers.get('Content-Type') == type ? response : wasmResponse(response.body, response)

/** Whether a response is what the server sent for a URL, and not for another, nor a service worker. */
export const isDirect = (response: Response, url: string): boolean =>
  response.type == 'basic' && response.url == url
