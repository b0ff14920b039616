// @ts-expect-error -- the server makes it from the stub's text
import { createCosFetch } from './stub.js'

/**
 * What a loader gets to know.
 *
 * @typedef {object} Target
 * @property {string} url Where the file is.
 * @property {{ algorithm: 'SHA-256', value: string }} hash Of the file.
 */

/** @typedef {(input: string) => Promise<Response>} Fetch */

/** @typedef {{ getFileHandle(hash: object, options?: object): Promise<FileSystemFileHandle> }} Storage */

/**
 * The stub's `fetch` for files that it knows by their names, wherever they are.
 *
 * @param {{ file: string, size: number, hash: string }[]} files Name, bytes, and 64 hexadecimal digits of each.
 * @param {0 | 1 | 2} trust Which hits need no check: none, the browser's own, all.
 * @param {number} [lookupTimeout] Milliseconds.
 * @returns {Fetch} Like `fetch`.
 */
export function fetchWithStub(files, trust, lookupTimeout = 1000) {
  const rows = files.map(({ file, size, hash }) => [file, size, { algorithm: 'SHA-256', value: hash }, '*'])
  const fetchOf = createCosFetch(rows, [[], [], files.map(({ file }) => file)], trust, lookupTimeout)
  return (input) => fetchOf()(input)
}

/**
 * Fails unless the stub has reported an event as often as it should: what is measured has to be what its name says.
 *
 * @param {string} event `hit`, `miss` or `cached`.
 * @param {number} [count] How often.
 */
export function expectEvent(event, count = 1) {
  const entries = performance.getEntriesByType('measure').map(({ name }) => name)
  if (entries.filter((name) => name === `wasm-cos:${event}`).length !== count)
    throw new Error(`Expected ${count} × ${event}, and not: ${entries.join(', ')}.`)
}

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
 * What the network sends, in a response that is the page's own: the browser keeps no compiled code for that.
 *
 * @type {Fetch}
 */
export async function fetchBody(input) {
  const { body } = await fetch(input)
  return new Response(body, { headers: { 'Content-Type': 'application/wasm' } })
}

/**
 * As glue does that Emscripten builds with its flag (emscripten#27609).
 *
 * @param {Target} target What to load.
 * @param {() => void} onStored Called when a copy is stored.
 */
export function loadAsEmscripten(target, onStored) {
  return WebAssembly.compileStreaming(fetchAsEmscripten(target, onStored))
}

/**
 * The response that such glue compiles: a hit is streamed, a miss is teed, one branch for the compiler and one piped into
 * the storage.
 *
 * @param {Target} target What to load.
 * @param {() => void} onStored Called when a copy is stored.
 * @returns {Promise<Response>} What the compiler gets.
 */
export async function fetchAsEmscripten({ url, hash }, onStored) {
  const storage = /** @type {Storage} */ (Reflect.get(navigator, 'crossOriginStorage'))
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
 * The least that a copy as a `Blob` takes: no lookup, no check, no time limit.
 *
 * @param {Target} target What to load.
 * @param {() => void} onStored Called when a copy is stored.
 */
export async function fetchWithBlob({ url, hash }, onStored) {
  const response = await fetch(url)
  void store(response.clone(), hash).then(onStored)
  return response
}

/**
 * Stores a copy.
 *
 * @param {Response} copy What to store.
 * @param {Target['hash']} hash Of the bytes.
 */
async function store(copy, hash) {
  const blob = await copy.blob()
  const storage = /** @type {Storage} */ (Reflect.get(navigator, 'crossOriginStorage'))
  const handle = await storage.getFileHandle(hash, { create: true, origins: '*' })
  const writable = await handle.createWritable()
  await writable.write(blob)
  await writable.close()
}

/**
 * Stores a branch in the background; if that fails, nobody reads it any more.
 *
 * @param {Storage} storage Where to.
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
