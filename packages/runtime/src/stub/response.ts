/** The type that streaming compilation asks for. */
const type = 'application/wasm'

/** Bytes as a stream. Of a buffer, a response makes copies, which are slow if it is large. */
export const streamOf = (bytes: ArrayBuffer): ReadableStream =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes))
      controller.close()
    },
  })

/** A response of the right type, with the URL and the rest of another. */
export const wasmResponse = (body: BodyInit | null, other: ResponseInit & { url: string }): Response => {
  const response = new Response(body, other)
  response.headers.set('Content-Type', type)
  return Object.defineProperty(response, 'url', { value: other.url })
}

/** A response as streaming compilation wants it: itself, if its type is right. */
export const compilable = (response: Response): Response =>
  response.headers.get('Content-Type') == type ? response : wasmResponse(response.body, response)
