import { parseArgs } from 'node:util'
import { page, script, startVisitor } from '../browser/visitor.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'
import { makeGrammars } from './grammars.mjs'
import { tableCost } from './table-cost.mjs'

// pnpm bench many-files [--rounds n] [--files n]: an application with as many wasm files as an editor has grammars.

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, files: { type: 'string', default: '200' } },
})
const count = Number(options.files)
const grammars = makeGrammars(count)

const table = tableCost(
  grammars,
  [2, 10, 50, 100, 200].filter((size) => size <= count),
)
for (const { count, gzip, minified, perFile } of table) {
  console.log(
    `${String(count).padStart(4)} files: ${minified} B, ${gzip} B gzip; ` +
      `a file ${perFile.minified.toFixed(1)} B, ${perFile.gzip.toFixed(1)} B gzip, ${perFile.brotli.toFixed(1)} B brotli`,
  )
}

/**
 * A way to load all.
 *
 * @typedef {object} Case
 * @property {string} label What the page calls it.
 * @property {'plain' | 'stub' | 'emscripten'} loader Who loads.
 * @property {boolean} [hasCos] Whether there is Cross-Origin Storage.
 * @property {boolean} [isMiss] Whether it is empty.
 * @property {boolean} [isCached] Whether the HTTP cache has the files.
 * @property {boolean} [verify] Of the stub.
 * @property {number} [atOnce] How many are under way at any time; all, by default.
 */

/** @type {Record<string, Case>} */
const cases = {
  plain: { label: 'plain page', loader: 'plain' },
  httpCache: { label: 'plain page, warm HTTP cache', loader: 'plain', isCached: true },
  miss: { label: 'stub, miss', loader: 'stub', hasCos: true, isMiss: true },
  hit: { label: 'stub, verified hit', loader: 'stub', hasCos: true, verify: true },
  trustedHit: { label: 'stub, trusted hit', loader: 'stub', hasCos: true, verify: false },
  emscriptenHit: { label: "Emscripten's way, hit", loader: 'emscripten', hasCos: true },
  hitOne: { label: 'verified hit, 1 at once', loader: 'stub', hasCos: true, verify: true, atOnce: 1 },
  hitFour: { label: 'verified hit, 4 at once', loader: 'stub', hasCos: true, verify: true, atOnce: 4 },
  hitSixteen: { label: 'verified hit, 16 at once', loader: 'stub', hasCos: true, verify: true, atOnce: 16 },
}

const visitor = await startVisitor(
  Object.fromEntries([
    ['/many-files/page.js', script(new URL('page.js', import.meta.url))],
    ['/plain.html', page([], '/many-files/page.js')],
    ['/cos.html', page(['/browser/opfs-cos.js'], '/many-files/page.js')],
    ...grammars.map(({ fileName, bytes }) => [`/${fileName}`, { type: 'application/wasm', body: bytes }]),
  ]),
  { megabits: Infinity, latency: 0 },
)
const files = grammars.map(({ fileName: file, bytes, hash }) => ({ file, size: bytes.length, hash }))

/** @type {(caseName: string, shelf: string) => Promise<{ loaded: number, stored: number | null }>} */
const visit = (caseName, emptyShelf) => {
  const {
    loader,
    hasCos = false,
    isMiss = false,
    isCached,
    verify = false,
    atOnce = count,
  } = caseOf(caseName)
  const folder = isCached ? '/cached/' : '/'
  const task = { files, loader, folder, verify, atOnce, stores: isMiss }
  return visitor.visit(`/${hasCos ? 'cos' : 'plain'}.html?shelf=${isMiss ? emptyShelf : ''}`, (page) =>
    page.evaluate((task) => /** @type {any} */ (globalThis).bench.measure(task), task),
  )
}

// The first miss stores what hits find.
await visit('miss', '')
for (const name of Object.keys(cases)) await visit(name, `first-${name}-`)
const runs = await interleave(Number(options.rounds), Object.keys(cases), (name, round) =>
  visit(name, `${round}-${name}-`),
)
await visitor.close()

const hits = runs.emscriptenHit?.map(({ loaded }) => loaded) ?? []
const results = Object.entries(runs).map(([name, runs]) => {
  const loaded = runs.map(({ loaded }) => loaded)
  const stored = runs.flatMap(({ stored }) => stored ?? [])
  return {
    name,
    label: caseOf(name).label,
    loaded: summarise(loaded),
    stored: stored.length === 0 ? undefined : summarise(stored),
    toEmscriptenHit: compare(loaded, hits),
  }
})
for (const { name, loaded, stored, toEmscriptenHit } of results) {
  console.log(
    `${caseOf(name).label.padEnd(28)} all loaded ${show(loaded, 0)} ms, ${show(toEmscriptenHit)} × Emscripten's hit` +
      (stored === undefined ? '' : `, all stored ${show(stored, 0)} ms`),
  )
}
const bytes = files.reduce((sum, { size }) => sum + size, 0)
await writeResults(
  'many-files',
  { chromium: visitor.version, files: count, bytes, table, results },
  { 'many-files': draw() },
)

function draw() {
  const bars = results.map(({ name, loaded }) => ({
    label: caseOf(name).label,
    value: loaded,
    kind: /** @type {'ours' | 'other'} */ (caseOf(name).loader === 'stub' ? 'ours' : 'other'),
  }))
  const title = `Time to ${count} compiled modules, ${(bytes / 1e6).toFixed(0)} MB`
  return drawBars(title, [{ title: 'loopback', bars }], { unit: 'ms' })
}

/** @param {string} name A key of `cases`. */
function caseOf(name) {
  return /** @type {Case} */ (cases[name])
}
