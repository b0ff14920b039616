/** @typedef {{ algorithm: 'SHA-256', value: string }} Hash */

const type = { headers: { 'Content-Type': 'application/wasm' } }

/** @type {(hash: Hash) => Promise<File>} */
async function lookUp(hash) {
  const storage =
    /** @type {{ getFileHandle(hash: Hash): Promise<FileSystemFileHandle> }} */
    (/** @type {any} */ (navigator).crossOriginStorage)
  return (await storage.getFileHandle(hash)).getFile()
}

/** @type {(bytes: ArrayBuffer) => Promise<ArrayBuffer>} */
async function digest(bytes) {
  await crypto.subtle.digest('SHA-256', bytes)
  return bytes
}

/** @type {(hash: Hash) => string} */
function integrityOf({ value }) {
  return `sha256-${btoa(value.replace(/../g, (digits) => String.fromCharCode(Number(`0x${digits}`))))}`
}

/** @type {(body: BodyInit) => Promise<WebAssembly.Module>} */
function compileResponse(body) {
  return WebAssembly.compileStreaming(new Response(body, type))
}

/** @type {(pieces: ArrayBuffer[]) => ReadableStream} */
function streamOf(pieces) {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new Uint8Array(piece))
      controller.close()
    },
  })
}

/** @type {(file: Blob) => Promise<ArrayBuffer[]>} */
function readAndDigestParts(file) {
  const size = 2 ** 22
  return Promise.all(
    Array.from({ length: Math.ceil(file.size / size) }, async (_, index) =>
      digest(await file.slice(index * size, (index + 1) * size).arrayBuffer()),
    ),
  )
}

/** @type {(use?: (response: Response) => Promise<unknown>) => (url: string) => Promise<unknown>} */
function missFetch(use) {
  return async (url) => {
    await lookUp({ algorithm: 'SHA-256', value: 'nobody stored this' }).catch(() => undefined)
    const response = await fetch(url)
    void use?.(response.clone())
    return WebAssembly.compileStreaming(response)
  }
}

/** @type {Record<string, (hash: Hash) => Promise<unknown>>} What a loader can do with a hit. */
const hits = {
  lookUp,
  read: async (hash) => (await lookUp(hash)).arrayBuffer(),
  hash: async (hash) => digest(await (await lookUp(hash)).arrayBuffer()),
  compile: async (hash) => WebAssembly.compile(await (await lookUp(hash)).arrayBuffer()),
  compileHashed: async (hash) => WebAssembly.compile(await digest(await (await lookUp(hash)).arrayBuffer())),
  compileBeside: async (hash) => {
    const bytes = await (await lookUp(hash)).arrayBuffer()
    return Promise.all([WebAssembly.compile(bytes), digest(bytes)])
  },
  respondHashed: async (hash) => compileResponse(await digest(await (await lookUp(hash)).arrayBuffer())),
  streamHashed: async (hash) =>
    compileResponse(streamOf([await digest(await (await lookUp(hash)).arrayBuffer())])),
  streamHashedParts: async (hash) => compileResponse(streamOf(await readAndDigestParts(await lookUp(hash)))),
  fetchIntact: async (hash) => {
    const file = await lookUp(hash)
    const url = URL.createObjectURL(file.slice(0, file.size, 'application/wasm'))
    return WebAssembly.compileStreaming(fetch(url, { integrity: integrityOf(hash) }))
  },
  stream: async (hash) => compileResponse(await lookUp(hash)),
}

/** @type {Record<string, (url: string) => Promise<unknown>>} What a loader can do without one. */
const misses = {
  fetch: (url) => WebAssembly.compileStreaming(fetch(url)),
  missFetch: missFetch(),
  missFetchCopy: missFetch((response) => response.blob()),
  missFetchHash: missFetch(async (response) => digest(await (await response.blob()).arrayBuffer())),
}

/** @typedef {{ file: string, hash: string }} StoredFile Its name, and 64 hexadecimal digits. */

/**
 * Goes one way.
 *
 * @param {StoredFile & { way: string, before?: StoredFile }} visit A key of `hits` or `misses`, for which file, and for which
 *   one twice before.
 * @returns {Promise<number>} Milliseconds.
 */
async function measure({ way, before, ...file }) {
  /** @param {StoredFile} which Of both. */
  const go = ({ file, hash }) =>
    (way in hits ? hits[way]?.({ algorithm: 'SHA-256', value: hash }) : misses[way]?.(`/${file}`)) ??
    Promise.reject(new Error(`There is no way ${way}`))
  if (before !== undefined) for (let time = 0; time < 2; time++) await go(before)
  const start = performance.now()
  await go(file)
  return performance.now() - start
}

/**
 * Puts a file where hits find it.
 *
 * @param {StoredFile} file Which.
 */
async function put({ file, hash }) {
  const handle = await (await navigator.storage.getDirectory()).getFileHandle(hash, { create: true })
  const writable = await handle.createWritable()
  await writable.write(await (await fetch(`/${file}`)).blob())
  await writable.close()
}

Object.assign(globalThis, { bench: { measure, put } })
