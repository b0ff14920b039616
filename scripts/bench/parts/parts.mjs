import { parseArgs } from 'node:util'
import { page, script, startVisitor } from '../browser/visitor.mjs'
import { megabytes, modules } from '../modules.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'
import { experiments } from './experiments.mjs'

// pnpm bench parts [--rounds n] [--experiment name …]
// What a hit and a miss consist of, one part more in each row, and what the ways to their end differ by.

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    experiment: { type: 'string', multiple: true, default: Object.keys(experiments) },
  },
})

const visitor = await startVisitor(
  {
    '/parts.js': script(new URL('page.js', import.meta.url)),
    '/parts.html': page(['/browser/opfs-cos.js'], '/parts.js'),
    ...Object.fromEntries(
      modules.map(({ fileName, bytes }) => [`/${fileName}`, { type: 'application/wasm', body: bytes }]),
    ),
  },
  { megabits: Infinity, latency: 0 },
)

/** @type {(work: string, argument: object) => Promise<any>} */
const visit = (work, argument) =>
  visitor.visit('/parts.html', (page) =>
    page.evaluate(
      ([work, argument]) => /** @type {any} */ (globalThis).bench[work](argument),
      /** @type {const} */ ([work, argument]),
    ),
  )

for (const { fileName: file, hash } of modules) await visit('put', { file, hash })
for (const name of options.experiment) {
  const experiment = experiments[name]
  if (experiment === undefined)
    throw new Error(`--experiment ${name}: use one of ${Object.keys(experiments).join(', ')}`)
  console.log(`${experiment.title}\n`)
  const chosen = modules.filter((module) => experiment.modules.includes(module.name))
  const results = []
  for (const module of chosen) results.push(await measureModule(module, chosen, experiment))
  const bars = results.map(({ name, size, ways }) => ({
    title: `${name}, ${megabytes(size)}`,
    bars: ways.map(({ label, time }) => ({ label, value: time })),
  }))
  await writeResults(
    name,
    { chromium: visitor.version, reference: experiment.ways[experiment.reference]?.label, modules: results },
    { [name]: drawBars(experiment.title, bars, { unit: 'ms', digits: 1 }) },
  )
}
await visitor.close()

/** @typedef {import('../modules.mjs').WasmModule} WasmModule */

/**
 * Loads a module in all ways of an experiment, in turn.
 *
 * @param {WasmModule} module Which.
 * @param {WasmModule[]} all Those of the experiment: another one is loaded before, where that is asked for.
 * @param {import('./experiments.mjs').Experiment} experiment What is measured.
 */
async function measureModule(module, all, { ways, reference }) {
  const other = /** @type {WasmModule} */ (all.find(({ name }) => name !== module.name))
  /** @type {(key: string) => Promise<number>} */
  const measure = (key) => {
    const { way, after } = /** @type {import('./experiments.mjs').Way} */ (ways[key])
    const before = after && (after === 'same' ? module : other)
    return visit('measure', { way, ...fileOf(module), before: before && fileOf(before) })
  }
  const keys = Object.keys(ways)
  for (const key of keys) await measure(key)
  const runs = await interleave(Number(options.rounds), keys, measure)
  const result = {
    name: module.name,
    size: module.bytes.length,
    ways: keys.map((key) => ({
      label: /** @type {string} */ (ways[key]?.label),
      time: summarise(runs[key] ?? []),
      ratio: compare(runs[key] ?? [], runs[key.endsWith('Other') ? `${reference}Other` : reference] ?? []),
    })),
  }
  console.log(`${module.name}, ${megabytes(result.size)}`)
  for (const { label, time, ratio } of result.ways) {
    console.log(`  ${label.padEnd(90)} ${show(time, 1).padEnd(22)} ms, ${show(ratio)} of the reference`)
  }
  return result
}

/** @param {WasmModule} module What a page needs to know of it. */
function fileOf({ fileName: file, hash }) {
  return { file, hash }
}
