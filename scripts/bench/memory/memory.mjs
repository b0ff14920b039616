import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { countTimers, heldIn } from '@wasm-cos/harness/held'
import { page, script, startVisitor } from '../browser/visitor.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'

// Peak memory of a page that reads a large file, and when it has the last byte: with plain fetch, with the stub, and as
// newer Emscripten does it. The storage has the shape of a browser's own and the browser's own disk behind it; the stub
// trusts it, or checks it as it would an extension's. Each case is a browser of its own. A second after the last byte, and the store
// where there is one, the page may hold no bytes and no timer: that is checked in each run. Linux only (/proc).
//
//     pnpm bench memory --size 200 --megabits 400 --rounds 5

const { values } = parseArgs({
  options: {
    /** Of the file, in MB. */
    size: { type: 'string', default: '200' },
    /** Of the network; without it, the file comes at the speed of loopback and at 50 MB/s. */
    megabits: { type: 'string' },
    /** How many times each case is measured. */
    rounds: { type: 'string', default: '5' },
  },
})
const size = Number(values.size) * 1e6
const speeds = values.megabits === undefined ? [Infinity, 400] : [Number(values.megabits)]

const bytes = Buffer.alloc(size, 7)
const hash = { algorithm: 'SHA-256', value: createHash('sha256').update(bytes).digest('hex') }

const resources = {
  '/large.wasm': { type: 'application/wasm', body: bytes, isShaped: true },
  '/native-cos.js': script(new URL('../browser/native-cos.js', import.meta.url)),
  '/memory/page.js': script(new URL('page.js', import.meta.url)),
  '/timers.js': script(countTimers),
  '/': page(['/timers.js', '/native-cos.js'], '/memory/page.js'),
}

/**
 * Who loads.
 *
 * @typedef {object} Case
 * @property {string} name In the output.
 * @property {'plain' | 'blob' | 'stub' | 'verified' | 'emscripten'} way Of page.js.
 * @property {boolean} isStored Whether it finds the file stored.
 * @property {boolean} stores Whether it stores the file.
 * @property {string} entries What the stub has to report.
 * @property {string} [reference] The case of Emscripten's that it is compared with.
 */

/** @type {Case} */
const plain = { name: 'plain fetch', way: 'plain', isStored: false, stores: false, entries: '' }

/** @type {Case} */
const emscriptenMiss = {
  name: "Emscripten's way, miss and store",
  way: 'emscripten',
  isStored: false,
  stores: true,
  entries: '',
}

/** @type {Case} */
const emscriptenHit = {
  name: "Emscripten's way, hit",
  way: 'emscripten',
  isStored: true,
  stores: false,
  entries: '',
}

/**
 * Stores the file for the cases that find it, too.
 *
 * @type {Case}
 */
const miss = {
  name: 'stub, miss and store',
  way: 'stub',
  isStored: false,
  stores: true,
  entries: 'miss,store',
  reference: emscriptenMiss.name,
}

/** @type {Pick<Case, 'isStored' | 'stores' | 'entries' | 'reference'>} */
const hit = { isStored: true, stores: false, entries: 'hit', reference: emscriptenHit.name }

/** @type {Case[]} */
const cases = [
  plain,
  { name: 'the least with a Blob, miss and store', way: 'blob', isStored: false, stores: true, entries: '' },
  miss,
  emscriptenMiss,
  { name: 'stub, trusted hit', way: 'stub', ...hit },
  { name: 'stub, verified hit', way: 'verified', ...hit },
  emscriptenHit,
]

for (const megabits of speeds) {
  console.log(`\n${values.size} MB, ${megabits === Infinity ? 'loopback' : `${megabits / 8} MB/s`}\n`)
  const titles = [
    'renderer, MB',
    '/ plain',
    "/ Emscripten's",
    'last byte, ms',
    '/ plain',
    'held: bytes, timers',
  ]
  console.log(''.padEnd(46), ...titles.map((title) => title.padStart(21)))
  for (const caller of ['arrayBuffer', 'streaming']) await compareCases(caller, megabits)
}

/**
 * Loads in all ways, in turn, and prints the medians with their quartiles.
 *
 * @param {string} caller What becomes of the response.
 * @param {number} megabits How fast the network is.
 */
async function compareCases(caller, megabits) {
  const names = cases.map(({ name }) => name)
  const runs = await interleave(Number(values.rounds), names, (name) =>
    measure(
      /** @type {Case} */ (cases.find((one) => one.name === name)),
      caller,
      megabits,
    ),
  )
  /** @type {(name: string, key: 'renderer' | 'lastByte' | 'bytes' | 'timers') => number[]} */
  const of = (name, key) => (runs[name] ?? []).map((run) => run[key])
  for (const { name, way, stores, reference = plain.name } of cases) {
    const peak = of(name, 'renderer')
    const lastByte = of(name, 'lastByte')
    const toPlain = compare(peak, of(plain.name, 'renderer'))
    const toEmscripten = compare(peak, of(reference, 'renderer'))
    const isMiss = way === 'stub' && stores
    const row = [
      show(summarise(peak), 0),
      show(toPlain) + (isMiss && caller === 'arrayBuffer' ? verdict(toPlain, 1.2) : ''),
      reference === plain.name
        ? ''
        : show(toEmscripten) + (isMiss && caller === 'streaming' ? verdict(toEmscripten, 0.75) : ''),
      show(summarise(lastByte), 0),
      show(compare(lastByte, of(plain.name, 'lastByte'))),
      `${Math.max(...of(name, 'bytes'))}, ${Math.max(...of(name, 'timers'))}`,
    ]
    console.log(`${caller}: ${name}`.padEnd(46), ...row.map((text) => text.padStart(21)))
  }
}

/**
 * Whether a median meets its target.
 *
 * @param {import('../report/statistics.mjs').Summary} ratio What was measured.
 * @param {number} target At most.
 */
function verdict({ median }, target) {
  return ` ${median <= target ? '✓' : '✗'} ≤ ${target}`
}

/**
 * Loads once in a browser of its own.
 *
 * @param {Case} one Who loads.
 * @param {string} caller What becomes of the response.
 * @param {number} megabits How fast the network is.
 */
async function measure(one, caller, megabits) {
  const visitor = await startVisitor(resources, { megabits, latency: 0 })
  try {
    // The tab that stores is closed before the one that is measured opens, and its process ends with it.
    if (one.isStored) await loadIn(visitor, miss, caller)
    return await loadIn(visitor, one, caller)
  } finally {
    await visitor.close()
  }
}

/**
 * Loads in a tab of its own.
 *
 * @param {Awaited<ReturnType<typeof startVisitor>>} visitor The browser.
 * @param {Case} one Who loads.
 * @param {string} caller What becomes of the response.
 */
function loadIn({ visit, context }, { name, way, stores, entries }, caller) {
  return visit('/', async (page) => {
    const result = await page.evaluate(
      ({ way, caller, stores, hash, size }) =>
        Reflect.get(globalThis, 'bench').load(way, caller, stores, hash, size),
      { way, caller, stores, hash, size },
    )
    const reported = result.entries.join().replaceAll('wasm-cos:', '')
    if (reported !== entries) throw new Error(`${name} reported "${reported}" and not "${entries}".`)
    const session = await /** @type {import('playwright-core').Browser} */ (
      context.browser()
    ).newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const ids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
    const renderer = largestPeak(ids)
    await delay(1000)
    const { bytes, timers } = await heldIn(page)
    if (way === 'stub' && (bytes > 0 || timers > 0))
      throw new Error(`${name} holds ${bytes} bytes and ${timers} timers a second after the last byte.`)
    return { renderer, lastByte: /** @type {number} */ (result.lastByte), bytes, timers }
  })
}

/**
 * The largest peak of resident memory among processes.
 *
 * @param {number[]} pids Their ids.
 * @returns {number} MB.
 */
function largestPeak(pids) {
  const peaks = pids.map((pid) => {
    try {
      return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
    } catch {
      // It has ended meanwhile.
      return 0
    }
  })
  return Math.max(...peaks) / 1000
}
