import { callers } from './callers.js'
import { FaultPlayer } from './fault-player.js'
import { createStorage, hashOf, install } from './faulty-storage.js'
import { files, texts } from './stub.js'

/**
 * One combination.
 *
 * @typedef {object} Case
 * @property {number} id Which one.
 * @property {import('./fault-player.js').Step} step Where it goes wrong.
 * @property {import('./fault-player.js').Fault} fault What goes wrong.
 * @property {string} caller Who loads.
 * @property {import('./faulty-storage.js').Api} api The form of the storage's API.
 * @property {0 | 1 | 2} trust Which hits the stub takes unchecked.
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
 * @property {number} aborted How many writables were aborted.
 * @property {string[]} unhandled The errors and rejections that nobody handled.
 */

/** @type {string[]} */
const unhandled = []
addEventListener('unhandledrejection', (event) => unhandled.push(`rejection: ${event.reason}`))
addEventListener('error', (event) => unhandled.push(`error: ${event.message}`))

/**
 * Runs one combination in this realm.
 *
 * @param {Case} options The combination.
 * @returns {Promise<Outcome>} What came of it.
 */
export async function runCase({
  id,
  step,
  fault,
  caller,
  api,
  trust,
  integrity,
  isStored,
  lookupTimeout,
  events,
}) {
  const [path, other] =
    caller === 'emscripten'
      ? ['sql-wasm-browser.wasm', 'assets/answer.wasm']
      : ['assets/answer.wasm', 'assets/other.wasm']
  const player = new FaultPlayer(step, fault, await blobOf(other))
  const storage = createStorage(api, player, isStored ? await blobOf(path) : undefined)
  install(api, () => player.play('detect', () => storage.manager))

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
  const cosFetch = create(files, [[[location.origin + '/', '']], [], []], trust, lookupTimeout).bind(network)

  const load = /** @type {NonNullable<typeof callers[string]>} */ (callers[caller])
  const result = await outcomeOf(load(cosFetch, `/${path}`))
  await reported(events.length)
  await Promise.all(player.late)
  // Whatever a late answer sets off has been set off after a task.
  await new Promise((resolve) => setTimeout(resolve))
  return {
    id,
    result,
    plain: step === 'network' && fault.kind !== 'hang' ? await outcomeOf(load(network, `/${path}`)) : '',
    entries: await reported(0),
    written: await Promise.all(storage.written.map(hashOf)),
    aborted: storage.aborted,
    unhandled,
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
  return (await fetch(`/${path}`)).blob()
}

/** @type {string[]} */
const entries = []
/** @type {() => void} */
let look = () => {}
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { name, detail } = /** @type {PerformanceMeasure} */ (entry)
    entries.push([name.replace('wasm-cos:', ''), detail.reason].filter(Boolean).join(' '))
  }
  look()
}).observe({ type: 'measure' })

/**
 * Waits for as many entries, or more.
 *
 * @param {number} count How many.
 * @returns {Promise<string[]>} All of them, or those that came in ten seconds.
 */
function reported(count) {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      resolve(entries)
    }
    const timer = setTimeout(finish, 10_000)
    look = () => {
      if (entries.length >= count) finish()
    }
    look()
  })
}

Object.assign(globalThis, { runCase })
