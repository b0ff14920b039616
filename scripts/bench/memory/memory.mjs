import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { page, script, startVisitor } from '../browser/visitor.mjs'

// Peak memory of a page that reads a large file, and when it has the last byte: with plain fetch, with the stub, and as
// newer Emscripten does it. The storage has the shape of a browser's own and the browser's own disk behind it; the stub
// trusts it, or checks it as it would an extension's. Each case is a browser of its own. Linux only (/proc).
//
//     pnpm bench memory --size 200 --megabits 400

const { values } = parseArgs({
  options: {
    /** Of the file, in MB. */
    size: { type: 'string', default: '200' },
    /** Of the network; without it, the file comes at the speed of loopback and at 50 MB/s. */
    megabits: { type: 'string' },
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
  '/': page(['/native-cos.js'], '/memory/page.js'),
}

/** What stores the file for those who find it. */
const miss = {
  name: 'stub, miss and store',
  way: 'stub',
  isStored: false,
  stores: true,
  entries: 'miss,store',
}

/** Who loads: a way of page.js, whether it finds the file stored or stores it, and what the stub has to report. */
const cases = [
  { name: 'plain fetch', way: 'plain', isStored: false, stores: false, entries: '' },
  miss,
  { name: "Emscripten's way, miss and store", way: 'emscripten', isStored: false, stores: true, entries: '' },
  { name: 'stub, trusted hit', way: 'stub', isStored: true, stores: false, entries: 'hit' },
  { name: 'stub, verified hit', way: 'verified', isStored: true, stores: false, entries: 'hit' },
  { name: "Emscripten's way, hit", way: 'emscripten', isStored: true, stores: false, entries: '' },
]

for (const megabits of speeds) {
  console.log(`\n${values.size} MB, ${megabits === Infinity ? 'loopback' : `${megabits / 8} MB/s`}\n`)
  const titles = ['renderer', '/ plain', 'browser', 'kept', 'last byte, ms']
  console.log(''.padEnd(46), ...titles.map((title) => title.padStart(13)))
  for (const caller of ['arrayBuffer', 'streaming']) {
    let plain = NaN
    for (const one of cases) {
      const { renderer, browser, kept, lastByte } = await measure(one, caller, megabits)
      if (one.way === 'plain') plain = renderer
      const [ratio, ...others] = [renderer / plain, browser, kept, lastByte]
      const row = [renderer.toFixed(0), ratio.toFixed(2), ...others.map((value) => value.toFixed(0))]
      console.log(`${caller}: ${one.name}`.padEnd(46), ...row.map((text) => text.padStart(13)))
    }
  }
}

/**
 * Loads once in a browser of its own.
 *
 * @param {typeof cases[number]} one Who loads.
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
 * @param {typeof cases[number]} one Who loads.
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
    // Twice: what the first collection frees may hold more.
    for (let i = 0; i < 2; i++) await page.requestGC()
    const session = await /** @type {import('playwright-core').Browser} */ (
      context.browser()
    ).newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const idsOf = (/** @type {string} */ wanted) =>
      processInfo.filter(({ type }) => type === wanted).map(({ id }) => id)
    return {
      renderer: largest(idsOf('renderer'), 'VmHWM'),
      browser: largest(idsOf('browser'), 'VmHWM'),
      kept: largest(idsOf('renderer'), 'VmRSS'),
      lastByte: /** @type {number} */ (result.lastByte),
    }
  })
}

/**
 * @param {number[]} pids Processes.
 * @param {string} field Of /proc/PID/status: `VmHWM`, the peak, or `VmRSS`, now.
 * @returns {number} The largest of them, in MB.
 */
function largest(pids, field) {
  const values = pids.map((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      return Number(new RegExp(`${field}:\\s*(\\d+)`).exec(status)?.[1] ?? 0)
    } catch {
      // It has ended meanwhile.
      return 0
    }
  })
  return Math.max(...values) / 1000
}
