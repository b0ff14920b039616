/**
 * What a loader gets to know.
 *
 * @typedef {object} Target
 * @property {string} url Where the file is.
 * @property {{ algorithm: 'SHA-256', value: string }} hash Of the file.
 */

/** @typedef {(input: string) => Promise<Response>} Fetch */

/** @typedef {{ requestFileHandle(hash: object, options?: object): Promise<FileSystemFileHandle> }} Storage */

/**
 * As a page does it without us, and as it does with the stub in the place of `fetch`.
 *
 * @param {Target} target What to load.
 * @param {Fetch} fetch The global, or the stub's.
 */
export function loadStreaming({ url }, fetch) {
  return WebAssembly.compileStreaming(fetch(url))
}

/**
 * As glue does that Emscripten built with its flag, after its manual: a hit is read first, a miss is compiled when it
 * is complete, and then stored.
 *
 * @param {Target} target What to load.
 * @param {(hash: string) => void} onCOSStore Called when a copy is stored.
 * @see https://emscripten.org/docs/compiling/Cross-Origin-Storage.html
 */
export async function loadAsEmscripten({ url, hash }, onCOSStore) {
  if (!('crossOriginStorage' in navigator)) return WebAssembly.compileStreaming(fetch(url))
  const storage = /** @type {Storage} */ (navigator.crossOriginStorage)
  try {
    const handle = await storage.requestFileHandle(hash)
    const file = await handle.getFile()
    return await WebAssembly.compile(await file.arrayBuffer())
  } catch (error) {
    if (/** @type {Error} */ (error).name === 'NotFoundError') {
      const response = await fetch(url)
      const bytes = await response.arrayBuffer()
      const module = WebAssembly.compile(bytes)
      void storeAsEmscripten(storage, hash, bytes).then(() => onCOSStore(hash.value))
      return module
    }
    console.error(error)
    return WebAssembly.compileStreaming(fetch(url))
  }
}

/**
 * Stores in the background.
 *
 * @param {Storage} storage Where to.
 * @param {Target['hash']} hash Of the bytes.
 * @param {ArrayBuffer} bytes What to store.
 */
async function storeAsEmscripten(storage, hash, bytes) {
  const handle = await storage.requestFileHandle(hash, { create: true, origins: '*' })
  const writable = await handle.createWritable()
  await writable.write(new Blob([bytes], { type: 'application/wasm' }))
  await writable.close()
}

/**
 * As glue does that newer Emscripten builds with its flag (emscripten#27609), up to the response: a hit is streamed, a
 * miss is teed, one branch for the compiler and one piped into the storage.
 *
 * @param {Target} target What to load.
 * @param {() => void} onStored Called when a copy is stored.
 * @returns {Promise<Response>} What the compiler gets.
 */
export async function fetchAsEmscripten({ url, hash }, onStored) {
  const storage = /** @type {{ getFileHandle: Storage['requestFileHandle'] }} */ (
    Reflect.get(navigator, 'crossOriginStorage')
  )
  const init = { headers: { 'Content-Type': 'application/wasm' } }
  try {
    const file = await (await storage.getFileHandle(hash)).getFile()
    return new Response(file.stream(), init)
  } catch {
    const { body } = await fetch(url)
    const [compiled, stored] = /** @type {ReadableStream} */ (body).tee()
    void pipeInto(storage, hash, stored).then(onStored)
    return new Response(compiled, init)
  }
}

/**
 * Stores a branch in the background; if that fails, nobody reads it any more.
 *
 * @param {{ getFileHandle: Storage['requestFileHandle'] }} storage Where to.
 * @param {Target['hash']} hash Of the bytes.
 * @param {ReadableStream} branch The bytes.
 */
async function pipeInto(storage, hash, branch) {
  try {
    const handle = await storage.getFileHandle(hash, { create: true, origins: '*' })
    await branch.pipeTo(await handle.createWritable())
  } catch (error) {
    await branch.cancel(error)
    throw error
  }
}
