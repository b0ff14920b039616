import { callers } from './callers.js'
import { createNetwork } from './network.js'
import { installStorage } from './storage.js'
import { files, texts } from './stub.js'

/**
 * The form of the API: the names of its method, and whether it is the browser's own.
 *
 * @typedef {{ methods: import('@wasm-cos/cos-host').Method[], native: boolean }} Api
 */

/**
 * What goes wrong in the network.
 *
 * @typedef {{ delay?: number, throw?: string, reject?: string, resolve?: any, bytes?: string, type?: string }} NetworkFault
 */

/**
 * One combination.
 *
 * @typedef {object} Case
 * @property {number} id Which one.
 * @property {import('@wasm-cos/cos-host').Faults} faults What goes wrong in the storage.
 * @property {NetworkFault} network What goes wrong in the network.
 * @property {string} caller Who loads.
 * @property {Api} api The form of the storage's API.
 * @property {0 | 1 | 2} trust Which hits the stub takes unchecked.
 * @property {boolean} integrity Whether the stub enforces hashes on the network too.
 * @property {'right' | 'other' | undefined} stored What the storage has under the hash: the file, or another module.
 * @property {boolean} isLate Whether the step that goes wrong takes longer than the stub waits.
 * @property {string[]} entries The entries to wait for.
 * @property {boolean} isCompared Whether plain `fetch` is tried beside it.
 */

/**
 * What came of it.
 *
 * @typedef {object} Outcome
 * @property {number} id The case's.
 * @property {string} result What the module answered, or the error.
 * @property {string} plain The same with plain `fetch` in the place of the stub's.
 * @property {string[]} entries What the stub reported: `hit`, `miss`, `store`, `error <reason>`.
 * @property {number} written How many right files were stored.
 * @property {number} aborted How many writables were aborted.
 * @property {number} timers How many timers were left.
 * @property {string[]} unhandled The errors and rejections that nobody handled.
 */

/**
 * Runs one combination.
 *
 * @param {import('./callers.js').Realm} realm A fresh realm.
 * @param {Case} options The combination.
 * @returns {Promise<Outcome>} What came of it.
 */
export async function runCase(realm, options) {
  const {
    id,
    faults,
    network: fault,
    caller,
    api,
    trust,
    integrity,
    stored,
    isLate,
    entries,
    isCompared,
  } = options
  const [right, other] =
    caller === 'emscripten'
      ? ['sql-wasm-browser.wasm', 'assets/answer.wasm']
      : ['assets/answer.wasm', 'assets/other.wasm']
  /** @type {string[]} */
  const unhandled = []
  realm.addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    unhandled.push(`rejection: ${event.reason}`)
  })
  realm.addEventListener('error', ({ message }) => unhandled.push(`error: ${message}`))
  const timers = watchTimers(realm)
  let isLoading = false
  const storage = await installStorage(
    realm,
    api,
    isLate ? announced(faults, () => isLoading && setTimeout(timers.hurry)) : faults,
    stored && (await blobOf(stored === 'right' ? right : other)),
  )

  const network = createNetwork(realm, fault, await blobOf(other))
  const text = `'use strict'; return ${integrity ? texts.stubWithIntegrity : texts.stub}`
  // The frame has no URL of its own: it is a part of this page.
  const create = new realm.Function('location', text)(location)
  const fetchOf = create(files, [[[`${location.origin}/`, '']], [], []], trust, lookupTimeout)
  /** @type {typeof fetch} */
  const cosFetch = (...args) => fetchOf(network)(...args)

  const load = /** @type {NonNullable<typeof callers[string]>} */ (callers[caller])
  // Markers of other cases are under other URLs.
  const url = `${location.origin}/${right}?${caller}${id}`
  isLoading = true
  const limit = isCompared && caller === 'emscripten' ? 5000 : patience
  const result = await outcomeOf(load(realm, cosFetch, url), limit)
  const isOver = () =>
    reported(realm).length >= entries.length && timers.running.size === 0 && !storage.isBusy
  await until(isOver)
  // What a late answer sets off has been set off after a task.
  await new Promise((resolve) => setTimeout(resolve))
  await until(isOver)
  return {
    id,
    result,
    plain: isCompared ? await outcomeOf(load(realm, network, url), limit) : '',
    entries: reported(realm),
    written: storage.written.length,
    aborted: storage.aborted,
    timers: timers.running.size,
    unhandled,
  }
}

/** The stub's timeout: a busy machine must not make anything late. */
const lookupTimeout = 60_000

/** Milliseconds after which a case has hung. */
const patience = 120_000

/**
 * Watches the timers of a realm.
 *
 * @param {import('./callers.js').Realm} realm The realm.
 */
function watchTimers(realm) {
  /** @type {Map<number, () => void>} */
  const running = new Map()
  const { setTimeout, clearTimeout } = realm
  Object.assign(realm, {
    /** @type {(callback: Function, milliseconds: number, ...args: unknown[]) => number} */
    setTimeout: (callback, milliseconds, ...args) => {
      const fire = () => {
        realm.clearTimeout(timer)
        callback(...args)
      }
      const timer = setTimeout(fire, milliseconds)
      running.set(timer, milliseconds < lookupTimeout ? () => {} : fire)
      return timer
    },
    clearTimeout: (/** @type {number} */ timer) => {
      running.delete(timer)
      clearTimeout(timer)
    },
  })
  return {
    running,
    /** The stub's time is up. */
    hurry() {
      for (const fire of running.values()) fire()
    },
  }
}

/**
 * Faults that say when they strike.
 *
 * @param {object} faults The faults.
 * @param {() => void} strike Is called before.
 */
function announced(faults, strike) {
  const properties = Object.entries(faults).map(([step, fault]) => {
    const get = () => {
      strike()
      return fault
    }
    return [step, { get, enumerable: true }]
  })
  return Object.defineProperties({}, Object.fromEntries(properties))
}

/**
 * How a caller ends. Emscripten's glue does not if the network fails in some ways.
 *
 * @param {Promise<number>} promise What a caller returns.
 * @param {number} limit Milliseconds to wait.
 * @returns {Promise<string>} The answer, the error, or `pending`.
 */
async function outcomeOf(promise, limit) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  const late = new Promise((resolve) => (timer = setTimeout(resolve, limit, 'pending')))
  try {
    return String(await Promise.race([promise, late]))
  } catch (error) {
    return String(error)
  } finally {
    clearTimeout(timer)
  }
}

/** @type {Record<string, Promise<Blob>>} */
const blobs = {}

/** @param {string} path Of a file that the site has. */
function blobOf(path) {
  return (blobs[path] ??= fetch(`/${path}`).then((response) => response.blob()))
}

/** @param {import('./callers.js').Realm} realm Whose timeline is read. */
function reported(realm) {
  return realm.performance.getEntriesByType('measure').map((entry) => {
    const { name, detail } = /** @type {PerformanceMeasure} */ (entry)
    return [name.replace('wasm-cos:', ''), detail.reason].filter(Boolean).join(' ')
  })
}

/**
 * Waits for a condition, as long as a case may take.
 *
 * @param {() => boolean} isMet The condition.
 */
async function until(isMet) {
  const end = performance.now() + patience
  while (!isMet() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5))
}
