import { fetchAsEmscripten, fetchWithBlob, fetchWithStub } from '../browser/loaders.js'

/**
 * Loads the file, and waits until it is stored where it is to be.
 *
 * @param {'plain' | 'blob' | 'stub' | 'verified' | 'emscripten'} way Who loads it.
 * @param {'arrayBuffer' | 'streaming'} caller What becomes of the response.
 * @param {boolean} stores Whether a copy is stored.
 * @param {{ algorithm: 'SHA-256', value: string }} hash Of the file.
 * @param {number} size Of the file, in bytes.
 * @returns {Promise<{ lastByte: number, entries: string[] }>} Milliseconds until the caller had the last byte, and what
 *   the stub wrote into the timeline.
 */
async function load(way, caller, stores, hash, size) {
  /** @type {(value?: unknown) => void} */
  let isStored = () => {}
  const stored = new Promise((resolve) => (isStored = resolve))
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => /wasm-cos:(store|error)/.test(name))) isStored()
  })
  observer.observe({ type: 'measure' })

  const start = performance.now()
  const response = await fetchBy[way]({ url: `${location.origin}/large.wasm`, hash, size }, isStored)
  if (caller === 'streaming') await response.body?.pipeTo(new WritableStream())
  else await response.arrayBuffer()
  const lastByte = performance.now() - start
  if (stores) await stored
  return { lastByte, entries: performance.getEntriesByType('measure').map(({ name }) => name) }
}

/** @typedef {import('../browser/loaders.js').Target & { size: number }} Target */

/** @type {Record<'plain' | 'blob' | 'stub' | 'verified' | 'emscripten', (target: Target, onStored: () => void) => Promise<Response>>} */
const fetchBy = {
  plain: ({ url }) => fetch(url),
  blob: fetchWithBlob,
  stub: (target) => stubOf(target, 1)(target.url),
  verified: (target) => stubOf(target, 0)(target.url),
  emscripten: fetchAsEmscripten,
}

/** @type {(target: Target, trust: 0 | 1) => (input: string) => Promise<Response>} */
const stubOf = ({ hash, size }, trust) =>
  fetchWithStub([{ file: 'large.wasm', size, hash: hash.value }], trust, 60_000)

Object.assign(globalThis, { bench: { load } })
