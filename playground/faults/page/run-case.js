import { callers } from './callers.js'
import { createStorage, FaultPlayer } from './faulty-storage.js'

/**
 * One combination.
 *
 * @typedef {object} Case
 * @property {number} id Tells its entries from those of the others.
 * @property {import('./faulty-storage.js').Step} step Where it goes wrong.
 * @property {import('./faulty-storage.js').Fault} fault What goes wrong.
 * @property {string} caller Who loads.
 * @property {'singular' | 'plural' | 'both'} api The form of the storage's API.
 * @property {boolean} integrity Whether the stub enforces hashes on the network too.
 * @property {boolean} isStored Whether the storage has the file.
 * @property {number} lookupTimeout The stub's.
 * @property {string[]} events The entries to wait for.
 */

/**
 * What came of it.
 *
 * @typedef {object} Outcome
 * @property {number} id The case's.
 * @property {string} result What the module answered, or the error.
 * @property {string} plain The same with plain `fetch` in the place of the stub's.
 * @property {string[]} entries What the stub reported: `hit`, `miss`, `store`, `error <reason>`.
 * @property {string[]} written The hashes of what was stored.
 */

/** @type {string[]} */
export const unhandled = []
addEventListener('unhandledrejection', (event) => unhandled.push(`rejection: ${event.reason}`))
addEventListener('error', (event) => unhandled.push(`error: ${event.message}`))

const stubs = import('./stub.js')
const blobs = new Map()

/**
 * Runs combinations, a few at a time.
 *
 * @param {Case[]} cases The combinations.
 * @returns {Promise<Outcome[]>} What came of each.
 */
export async function runCases(cases) {
  /** @type {Outcome[]} */
  const outcomes = []
  const queue = [...cases]
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      outcomes.push(await runCase(next))
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return outcomes
}

/** @param {Case} options The combination. */
async function runCase({ id, step, fault, caller, api, integrity, isStored, lookupTimeout, events }) {
  const { texts, files } = await stubs
  const [path, other] =
    caller === 'emscripten'
      ? ['sql-wasm-browser.wasm', 'assets/answer.wasm']
      : ['assets/answer.wasm', 'assets/other.wasm']
  const url = `/${path}?case=${id}`
  const player = new FaultPlayer(step, fault, await blobOf(other))
  /** @type {Blob[]} */
  const written = []
  const storage = createStorage(player, api, isStored ? await blobOf(path) : undefined, written)

  /** @type {typeof fetch} */
  const network = (...args) =>
    player.play('network', async () => {
      const response = await fetch(...args)
      if (step !== 'network') return response
      const body = await player.damage('network', await response.blob())
      return new Response(body, { headers: { 'Content-Type': body.type } })
    })
  const create = new Function(`'use strict'; return ${integrity ? texts.stubWithIntegrity : texts.stub}`)()
  /** @type {typeof fetch} */
  const cosFetch = create(structuredClone(files), [], 1, lookupTimeout).bind(network)

  const load = /** @type {NonNullable<typeof callers[string]>} */ (callers[caller])
  const result = await outcomeOf(
    load((...args) => {
      // The stub reads it at once, and other cases run meanwhile.
      const get = () => player.play('detect', () => storage)
      Object.defineProperty(navigator, 'crossOriginStorage', { get, configurable: true })
      return cosFetch(...args)
    }, url),
  )
  await entriesOf(id, events.length)
  await Promise.all(player.late)
  // Whatever a late answer sets off has been set off after a task.
  await new Promise((resolve) => setTimeout(resolve))
  const entries = await entriesOf(id, 0)
  return {
    id,
    result,
    plain: step === 'network' && fault.kind !== 'hang' ? await outcomeOf(load(network, url)) : '',
    entries,
    written: await Promise.all(written.map(hashOf)),
  }
}

/**
 * How a caller ends. Emscripten's glue does not if the network fails in some ways.
 *
 * @param {Promise<number>} promise What a caller returns.
 * @returns {Promise<string>} The answer, the error, or `pending` after ten seconds.
 */
async function outcomeOf(promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  const late = new Promise((resolve) => (timer = setTimeout(resolve, 10_000, 'pending')))
  try {
    return String(await Promise.race([promise, late]))
  } catch (error) {
    return String(error)
  } finally {
    clearTimeout(timer)
  }
}

/** @param {string} path Of a file that the site has. */
async function blobOf(path) {
  if (!blobs.has(path))
    blobs.set(
      path,
      fetch(`/${path}`).then((response) => response.blob()),
    )
  return /** @type {Blob} */ (await blobs.get(path))
}

/** @param {Blob} blob What was stored. */
async function hashOf(blob) {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @type {Map<number, string[]>} The entries of each case. */
const reported = new Map()
/** @type {Set<() => void>} */
const waiting = new Set()

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { name, detail } = /** @type {PerformanceMeasure} */ (entry)
    const id = Number(detail.url.split('case=')[1])
    const text = [name.replace('wasm-cos:', ''), detail.reason].filter(Boolean).join(' ')
    reported.set(id, [...(reported.get(id) ?? []), text])
  }
  for (const look of waiting) look()
}).observe({ type: 'measure' })

/**
 * Waits for as many entries of a case, or more.
 *
 * @param {number} id Of the case.
 * @param {number} count How many.
 * @returns {Promise<string[]>} All of them, or those that came in ten seconds.
 */
function entriesOf(id, count) {
  return new Promise((resolve) => {
    const look = () => {
      if ((reported.get(id) ?? []).length >= count) finish()
    }
    const finish = () => {
      waiting.delete(look)
      clearTimeout(timer)
      resolve(reported.get(id) ?? [])
    }
    const timer = setTimeout(finish, 10_000)
    waiting.add(look)
    look()
  })
}

Object.assign(globalThis, { faults: { runCases, unhandled } })
