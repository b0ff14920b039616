import { firstCalls } from './first-calls.js'
import { expectEvent, fetchBody, fetchWithStub, loadAsEmscripten, loadStreaming } from '../browser/loaders.js'

/**
 * What to do in one visit.
 *
 * @typedef {object} Visit
 * @property {string} module Its package.
 * @property {string} file Its name.
 * @property {number} size In bytes.
 * @property {string} hash 64 hexadecimal digits.
 * @property {'plain' | 'body' | 'stub' | 'emscripten'} loader Who loads.
 * @property {string} folder Where the file is: `/` or `/cached/`.
 * @property {boolean} verify Of the stub.
 * @property {boolean} stores Whether a copy is stored, and to be waited for and removed.
 */

/**
 * Loads a module and calls it.
 *
 * @param {Visit} visit What to do.
 * @returns {Promise<{ compiled: number, called: number | null }>} Milliseconds from the start.
 */
async function measure({ module: name, file, size, hash, loader, folder, verify, stores }) {
  const target = { url: folder + file, hash: { algorithm: /** @type {const} */ ('SHA-256'), value: hash } }
  const stored = stores ? entry('wasm-cos:store') : undefined
  const cosFetch = fetchWithStub([{ file, size, hash }], verify ? 0 : 2)
  const load = {
    plain: () => loadStreaming(target, (url) => fetch(url)),
    body: () => loadStreaming(target, fetchBody),
    stub: () => loadStreaming(target, cosFetch),
    emscripten: () => loadAsEmscripten(target, () => void performance.measure('wasm-cos:store')),
  }[loader]

  const start = performance.now()
  const loading = load()
  let compiled = 0
  const timed = loading.then((module) => {
    compiled = performance.now() - start
    return module
  })
  let called = null
  if (name in firstCalls) {
    await firstCalls[/** @type {keyof typeof firstCalls} */ (name)]({
      instantiateWasm(imports, receive) {
        void timed.then(async (module) => receive(await WebAssembly.instantiate(module, imports), module))
        return {}
      },
    })
    called = performance.now() - start
  }
  await timed
  if (loader === 'stub' && 'crossOriginStorage' in navigator) expectEvent(stores ? 'miss' : 'hit')
  if (stored !== undefined) {
    await stored
    const shelf = new URLSearchParams(location.search).get('shelf') ?? ''
    await (await navigator.storage.getDirectory()).removeEntry(shelf + hash)
  }
  return { compiled, called }
}

/**
 * Waits for an entry of User Timing.
 *
 * @param {string} name Of the entry.
 */
function entry(name) {
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      new PerformanceObserver((list, observer) => {
        if (list.getEntriesByName(name).length === 0) return
        observer.disconnect()
        resolve()
      }).observe({ type: 'measure' })
    })
  )
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
