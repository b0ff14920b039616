import { parseArgs } from 'node:util'
import { pathToFileURL } from 'node:url'
import { page, script, startVisitor } from '../browser/visitor.mjs'
import { modules } from '../modules.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { show, summarise } from '../report/statistics.mjs'
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

const { values: options } = parseArgs({ options: { visits: { type: 'string', default: '6' } } })
const visits = Number(options.visits)

const sql = modules.find(({ name }) => name === 'sql.js')
if (sql?.glue === undefined) throw new Error('sql.js has no glue')
const { fileName: file, bytes, hash, glue } = sql

/** @type {{ name: string, label: string, compiled: Summary, worked: Summary, visits: object[] }[]} */
const results = []
let chromium = ''
for (const [name, { label, isStub, hasCos, event, verify = false }] of Object.entries(cases)) {
  const visitor = await startVisitor(
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
  chromium = visitor.version
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
  }

  const seen = []
  for (let visit = 1; visit <= visits; visit++) {
    const url = `/${hasCos ? 'cos' : 'plain'}.html`
    let times = { compiled: 0, called: 0, worked: 0 }
    const events = await traceWasm(browser, () =>
      visitor.visit(url, async (page) => {
        const asked = visit > 1 ? { ...task, event } : task
        times = await page.evaluate((task) => /** @type {any} */ (globalThis).bench.visit(task), asked)
      }),
    )
    seen.push({
      visit,
      ...times,
      serialised: events['wasm.SerializeModule'] ?? 0,
      deserialised: events['wasm.Deserialize'] ?? 0,
      compiledFunctions: events['wasm.CompileBaseline'] ?? 0,
    })
  }
  await visitor.close()
  const settled = seen.slice(2)
  const result = {
    name,
    label,
    compiled: summarise(settled.map(({ compiled }) => compiled)),
    worked: summarise(settled.map(({ worked }) => worked)),
    visits: seen,
  }
  console.log(label)
  for (const { visit, compiled, called, worked, serialised, deserialised, compiledFunctions } of seen) {
    console.log(
      `  visit ${visit}: compiled ${compiled.toFixed(1)} ms, called ${called.toFixed(1)} ms, ten queries ${worked.toFixed(0)} ms; ` +
        `to the cache ${serialised}, from the cache ${deserialised}, functions compiled ${compiledFunctions}`,
    )
  }
  console.log(
    `  from the third: compiled ${show(result.compiled, 1)} ms, ten queries ${show(result.worked, 0)} ms`,
  )
  results.push(result)
}
const plain = results.find(({ name }) => name === 'plain')
const returning = results.find(({ name }) => name === 'returning')
const ratio = Number(returning?.worked.median) / Number(plain?.worked.median)
console.log(
  `${ratio <= most ? 'met   ' : 'missed'} ten queries, downloaded here before / plain page ≤ ${most}: ${ratio.toFixed(3)}`,
)
await writeResults('code-cache', { chromium, flags, results }, { 'code-cache': draw() })

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
