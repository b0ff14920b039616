import { parseArgs } from 'node:util'
import { pathToFileURL } from 'node:url'
import { page, script, startVisitor } from '../browser/visitor.mjs'
import { modules } from '../modules.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, show, summarise } from '../report/statistics.mjs'
import { traceWasm } from './trace.mjs'

// pnpm bench code-cache [--visits n]: visits of one page in one profile, each way to load in a profile of its own.

/** @typedef {import('../report/statistics.mjs').Summary} Summary */

/** Makes V8 hand over optimised code at once; by itself it waits for 1 MB of it, or for a while without any. */
const flags = ['--js-flags=--wasm-caching-threshold=1 --wasm-caching-hard-threshold=1']

/**
 * A way to load a module at each visit.
 *
 * @typedef {object} Case
 * @property {string} label What the page calls it.
 * @property {boolean} isStub Whether the stub loads.
 * @property {boolean} hasCos Whether the browser has Cross-Origin Storage.
 * @property {'hit' | 'cached'} [event] What the stub reports from the second visit on.
 * @property {boolean} [verify] Whether the stub checks hits.
 */

/** @type {Record<string, Case>} */
const cases = {
  plain: { label: 'plain page', isStub: false, hasCos: false },
  withoutCos: { label: 'stub, browser without COS', isStub: true, hasCos: false },
  returning: {
    label: 'stub, downloaded here before',
    isStub: true,
    hasCos: true,
    event: 'cached',
    verify: true,
  },
  hit: { label: 'stub, verified hit', isStub: true, hasCos: true, event: 'hit', verify: true },
  trustedHit: { label: 'stub, trusted hit', isStub: true, hasCos: true, event: 'hit', verify: false },
}

/** How much longer ten queries of a visitor who returns may take than on a plain page. */
const most = 1.05

const { values: options } = parseArgs({ options: { visits: { type: 'string', default: '10' } } })
const visits = Number(options.visits)

const sql = modules.find(({ name }) => name === 'sql.js')
if (sql?.glue === undefined) throw new Error('sql.js has no glue')
const { fileName: file, bytes, hash, glue } = sql

/**
 * What a visit was like: milliseconds, and what the trace has counted.
 *
 * @typedef {{ visit: number, compiled: number, called: number, worked: number, serialised: number, deserialised: number, compiledFunctions: number }} Seen
 */

/** Each way has a browser with a profile of its own. */
const ways = await Promise.all(
  Object.entries(cases).map(async ([name, one]) => ({
    name,
    one,
    visitor: await open(),
    seen: /** @type {Seen[]} */ ([]),
  })),
)
for (let visit = 1; visit <= visits; visit++) {
  // In turn, and every other time the other way round: what slows the machine for a while weighs on all of them.
  for (const way of visit % 2 === 0 ? ways.toReversed() : ways) way.seen.push(await see(way, visit))
}
for (const { visitor } of ways) await visitor.close()

const worked = (/** @type {Seen[]} */ seen) => seen.slice(2).map(({ worked }) => worked)
const plain = worked(/** @type {{ seen: Seen[] }} */ (ways.find(({ name }) => name === 'plain')).seen)
const results = ways.map(({ name, one: { label }, seen }) => ({
  name,
  label,
  compiled: summarise(seen.slice(2).map(({ compiled }) => compiled)),
  worked: summarise(worked(seen)),
  ratio: compare(worked(seen), plain),
  ...(name === 'returning' && { most }),
  visits: seen,
}))
for (const { name, label, compiled, worked, ratio, visits } of results) {
  console.log(label)
  for (const { visit, compiled, called, worked, serialised, deserialised, compiledFunctions } of visits) {
    console.log(
      `  visit ${visit}: compiled ${compiled.toFixed(1)} ms, called ${called.toFixed(1)} ms, ten queries ${worked.toFixed(0)} ms; ` +
        `to the cache ${serialised}, from the cache ${deserialised}, functions compiled ${compiledFunctions}`,
    )
  }
  const verdict =
    name !== 'returning' ? '' : ratio.median <= most ? `, met: ≤ ${most}` : `, missed: ≤ ${most}`
  console.log(
    `  from the third: compiled ${show(compiled, 1)} ms, ten queries ${show(worked, 0)} ms; / plain page ${show(ratio)}${verdict}`,
  )
}
const chromium = ways[0]?.visitor.version ?? ''
await writeResults('code-cache', { chromium, flags, results }, { 'code-cache': draw() })

/** Starts a browser and a server with the pages. */
function open() {
  return startVisitor(
    {
      '/code-cache/page.js': script(new URL('page.js', import.meta.url)),
      '/glue.js': script(pathToFileURL(glue)),
      '/plain.html': page(['/glue.js'], '/code-cache/page.js'),
      '/cos.html': page(['/glue.js', '/browser/opfs-cos.js'], '/code-cache/page.js'),
      [`/${file}`]: { type: 'application/wasm', body: bytes },
    },
    { megabits: Infinity, latency: 0 },
    flags,
  )
}

/**
 * Visits a page once.
 *
 * @param {{ one: Case, visitor: Awaited<ReturnType<typeof open>> }} way How, and by whom.
 * @param {number} visit Which visit it is.
 * @returns {Promise<Seen>} What it was like.
 */
async function see({ one: { isStub, hasCos, event, verify = false }, visitor }, visit) {
  const browser = visitor.context.browser()
  if (browser === null) throw new Error('This Chromium cannot be traced')
  const task = {
    // What the HTTP cache must not keep, a visitor who returns gets from Cross-Origin Storage.
    url: event === 'hit' ? `/${file}` : `/cached/${file}`,
    file,
    size: bytes.length,
    hash,
    isStub,
    verify,
    busy: 3000,
    idle: 1500,
    ...(visit > 1 && { event }),
  }
  let times = { compiled: 0, called: 0, worked: 0 }
  const events = await traceWasm(browser, () =>
    visitor.visit(`/${hasCos ? 'cos' : 'plain'}.html`, async (page) => {
      times = await page.evaluate((task) => /** @type {any} */ (globalThis).bench.visit(task), task)
    }),
  )
  return {
    visit,
    ...times,
    serialised: events['wasm.SerializeModule'] ?? 0,
    deserialised: events['wasm.Deserialize'] ?? 0,
    compiledFunctions: events['wasm.CompileBaseline'] ?? 0,
  }
}

function draw() {
  /** @type {(key: 'compiled' | 'worked') => import('../report/bars.mjs').Bar[]} */
  const bars = (key) =>
    results.map((result) => ({
      label: result.label,
      value: result[key],
      kind: result.name === 'plain' ? 'other' : 'ours',
    }))
  return drawBars(
    'sql.js from the third visit on',
    [
      { title: 'until the module is compiled', bars: bars('compiled') },
      { title: 'until ten queries are answered', bars: bars('worked') },
    ],
    { unit: 'ms', digits: 1 },
  )
}
