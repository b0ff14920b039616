import { parseArgs } from 'node:util'
import { page, script, startVisitor } from '../browser/visitor.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { show, summarise } from '../report/statistics.mjs'

// pnpm bench first-use [--rounds n]: what the platform itself takes for its first use in a page, each in a tab and a process of its
// own: the least that a hit of a small file takes besides the storage.

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '21' } } })

const visitor = await startVisitor(
  { '/page.js': script(new URL('page.js', import.meta.url)), '/': page([], '/page.js') },
  { megabits: Infinity, latency: 0 },
)
/** @type {Record<string, number>[]} */
const runs = []
for (let round = 0; round < Number(options.rounds); round++)
  runs.push(
    await visitor.visit('/', (page) => page.evaluate(() => /** @type {any} */ (globalThis).bench.useAll())),
  )
await visitor.close()

/** @type {(name: string) => number[]} */
const timesOf = (name) => runs.map((run) => run[name] ?? NaN)
const names = Object.keys(runs[0] ?? {})
const results = [
  ...names.map((name) => ({ name, time: summarise(timesOf(name)) })),
  {
    name: 'all',
    time: summarise(runs.map((run) => Object.values(run).reduce((sum, time) => sum + time, 0))),
  },
]
for (const { name, time } of results) console.log(`${name.padEnd(26)} ${show(time, 2)} ms`)
const bars = results.map(({ name, time }) => ({
  label: name,
  value: time,
  kind: /** @type {const} */ ('other'),
}))
await writeResults(
  'first-use',
  { chromium: visitor.version, results },
  {
    'first-use': drawBars('First use of the platform in a page', [{ title: 'once, in this order', bars }], {
      unit: 'ms',
      digits: 2,
    }),
  },
)
