/** @typedef {{ algorithm: 'SHA-256', value: string }} Hash */

const type = { headers: { 'Content-Type': 'application/wasm' } }

/** @type {(hash: Hash) => Promise<File>} */
async function lookUp(hash) {
  const storage =
    /** @type {{ requestFileHandle(hash: Hash): Promise<FileSystemFileHandle> }} */
    (/** @type {any} */ (navigator).crossOriginStorage)
  return (await storage.requestFileHandle(hash)).getFile()
}

/** @type {(bytes: ArrayBuffer) => Promise<ArrayBuffer>} */
async function digest(bytes) {
  await crypto.subtle.digest('SHA-256', bytes)
  return bytes
}

/** @type {Record<string, (hash: Hash) => Promise<unknown>>} What a loader can do with a hit, by its key in `ways`. */
const ways = {
  lookUp,
  read: async (hash) => (await lookUp(hash)).arrayBuffer(),
  hash: async (hash) => digest(await (await lookUp(hash)).arrayBuffer()),
  compile: async (hash) => WebAssembly.compile(await (await lookUp(hash)).arrayBuffer()),
  compileHashed: async (hash) => WebAssembly.compile(await digest(await (await lookUp(hash)).arrayBuffer())),
  compileBeside: async (hash) => {
    const bytes = await (await lookUp(hash)).arrayBuffer()
    return Promise.all([WebAssembly.compile(bytes), digest(bytes)])
  },
  respondHashed: async (hash) => {
    const bytes = await digest(await (await lookUp(hash)).arrayBuffer())
    return WebAssembly.compileStreaming(new Response(bytes, type))
  },
  streamHashed: async (hash) => {
    const bytes = new Uint8Array(await digest(await (await lookUp(hash)).arrayBuffer()))
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes)
        controller.close()
      },
    })
    return WebAssembly.compileStreaming(new Response(body, type))
  },
  stream: async (hash) => WebAssembly.compileStreaming(new Response(await lookUp(hash), type)),
}

/**
 * Goes one way.
 *
 * @param {{ way: string, hash: string }} visit A key of `ways`, and 64 hexadecimal digits.
 * @returns {Promise<number>} Milliseconds.
 */
async function measure({ way, hash }) {
  const start = performance.now()
  await ways[way]?.({ algorithm: 'SHA-256', value: hash })
  return performance.now() - start
}

/**
 * Puts a file where hits find it.
 *
 * @param {{ file: string, hash: string }} file Which.
 */
async function put({ file, hash }) {
  const handle = await (await navigator.storage.getDirectory()).getFileHandle(hash, { create: true })
  const writable = await handle.createWritable()
  await writable.write(await (await fetch(`/${file}`)).blob())
  await writable.close()
}

Object.assign(globalThis, { bench: { measure, put } })
