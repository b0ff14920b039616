import { expectEvent, fetchWithStub, loadAsEmscripten, loadStreaming } from '../browser/loaders.js'

/** @typedef {{ file: string, size: number, hash: string }} File */

/**
 * Loads many files.
 *
 * @param {object} task What and how.
 * @param {File[]} task.files All of them.
 * @param {'plain' | 'stub' | 'emscripten'} task.loader Who loads.
 * @param {string} task.folder Where they are.
 * @param {boolean} task.verify Of the stub.
 * @param {number} task.atOnce How many are under way at any time.
 * @param {boolean} task.stores Whether copies are stored.
 * @returns {Promise<{ loaded: number, stored: number | null }>} Milliseconds until all are compiled, and stored.
 */
async function measure({ files, loader, folder, verify, atOnce, stores }) {
  const hashOf = (/** @type {string} */ value) => ({ algorithm: /** @type {const} */ ('SHA-256'), value })
  const cosFetch = fetchWithStub(files, verify ? 0 : 2)
  const load = (/** @type {File} */ { file, hash }) => {
    const target = { url: folder + file, hash: hashOf(hash) }
    if (loader === 'emscripten') return loadAsEmscripten(target, () => {})
    return loadStreaming(target, loader === 'stub' ? cosFetch : (url) => fetch(url))
  }
  const isStored = stores ? entries('wasm-cos:store', files.length) : undefined

  const start = performance.now()
  const queue = files.values()
  const work = async () => {
    for (const file of queue) await load(file)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const loaded = performance.now() - start
  if (loader === 'stub' && 'crossOriginStorage' in navigator)
    expectEvent(stores ? 'miss' : 'hit', files.length)
  await isStored
  return { loaded, stored: stores ? performance.now() - start : null }
}

/** @type {(name: string, count: number) => Promise<void>} Waits for as many entries of User Timing. */
function entries(name, count) {
  let seen = 0
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      seen += list.getEntriesByName(name).length
      if (seen < count) return
      observer.disconnect()
      resolve()
    }).observe({ type: 'measure' })
  })
}

Object.assign(globalThis, { bench: { measure } })
