import { parseArgs } from 'node:util'
import { startVisitor } from '../browser/visitor.mjs'
import { megabytes, modules } from '../modules.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { show } from '../report/statistics.mjs'
import { cases } from './cases.mjs'
import { measureModule } from './measure-module.mjs'
import { resourcesOf } from './pages.mjs'

// pnpm bench load-time [--network loopback|100|10] [--rounds n] [--module name …]

/** @typedef {{ title: string, megabits: number, latency: number, rounds: number }} Plan */

/** @type {Record<string, Plan>} The networks. */
const plans = {
  loopback: {
    title: 'loopback',
    megabits: Infinity,
    latency: 0,
    rounds: 15,
  },
  100: {
    title: '100 Mbit/s, 20 ms',
    megabits: 100,
    latency: 20,
    rounds: 5,
  },
  10: {
    title: '10 Mbit/s, 80 ms',
    megabits: 10,
    latency: 80,
    rounds: 3,
  },
}

const { values: options } = parseArgs({
  options: {
    network: { type: 'string', default: 'loopback' },
    rounds: { type: 'string' },
    module: { type: 'string', multiple: true },
  },
})
const plan = plans[options.network]
if (plan === undefined) {
  throw new Error(`--network ${options.network}: use one of ${Object.keys(plans).join(', ')}`)
}
const chosen = modules.filter(({ name }) => options.module?.includes(name) ?? true)

const visitor = await startVisitor(resourcesOf(chosen), plan)
/** @type {import('./measure-module.mjs').ModuleResult[]} */
const results = []
for (const module of chosen) {
  // A small module takes little time, of which the page's own noise is a larger part.
  const rounds = Number(options.rounds ?? plan.rounds * (module.bytes.length < 1e6 ? 3 : 1))
  const result = await measureModule(visitor, module, rounds, options.network)
  print(result)
  results.push(result)
}
await visitor.close()

const name = `load-time-${options.network}`
await writeResults(
  name,
  { chromium: visitor.version, network: plan.title, modules: results },
  { [name]: draw() },
)

/** @param {import('./measure-module.mjs').ModuleResult} result Of one module. */
function print({ name, size, times, ratios }) {
  console.log(`${name}, ${megabytes(size)}`)
  for (const [caseName, { compiled, called }] of Object.entries(times)) {
    const first = called === undefined ? '' : `   first call ${show(called, 1)}`
    console.log(`  ${labelOf(caseName).padEnd(28)} compiled ${show(compiled, 1)} ms${first}`)
  }
  for (const { of, to, most, compiled, called } of ratios) {
    const verdict = most === undefined ? '      ' : compiled.median <= most ? 'met   ' : 'missed'
    const first = called === undefined ? '' : `   first call ${show(called, 3)}`
    console.log(
      `  ${verdict} ${of} / ${to}${most === undefined ? '' : ` ≤ ${most}`}: ${show(compiled, 3)}${first}`,
    )
  }
}

function draw() {
  const groups = results.map(({ name, size, times }) => ({
    title: `${name}, ${megabytes(size)}`,
    bars: Object.entries(times).map(([caseName, { compiled }]) => ({
      label: labelOf(caseName),
      value: compiled,
      kind: /** @type {'ours' | 'other'} */ (cases[caseName]?.loader === 'stub' ? 'ours' : 'other'),
    })),
  }))
  return drawBars(`Time to a compiled module, ${plan?.title}`, groups, { unit: 'ms', digits: 1 })
}

/** @param {string} caseName A key of `cases`. */
function labelOf(caseName) {
  return cases[caseName]?.label ?? caseName
}
