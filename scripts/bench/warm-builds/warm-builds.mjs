import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'
import { writeApp } from '../build-cost/apps.mjs'
import { bundlers } from '../build-cost/bundlers.mjs'
import { apps, installPackages, writeRealApp } from './apps.mjs'

// pnpm bench warm-builds [--rounds n] [--app name …] [--bundler name …]: builds in a process that has built before, as a
// watcher's or a development tool's: a small application with each bundler, and real ones with Vite 8.

/** How much longer a small build may take, as a ratio or in milliseconds. */
const small = { most: 1.1, mostMore: 20 }
/** How much longer a real one may take. */
const real = { most: 1.15 }

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    app: { type: 'string', multiple: true, default: ['small', ...Object.keys(apps)] },
    bundler: { type: 'string', multiple: true, default: Object.keys(bundlers) },
  },
})

/** @typedef {import('../report/statistics.mjs').Summary} Summary */
/** @typedef {{ app: string, bundler: string, most: number, mostMore?: number }} Measured */

if (options.app.some((app) => app in apps)) await installPackages()

/** @type {(Measured & { time: Summary, more: Summary, with: Summary, without: Summary })[]} */
const results = []
for (const app of options.app) {
  if (app === 'small') {
    for (const bundler of options.bundler) {
      const query = bundlers[bundler]?.query ?? ''
      const folder = await writeApp(`warm-${bundler.replace(' ', '')}`, ['sql'], 1, query)
      await measure({ app, bundler, ...small }, folder)
    }
  } else if (options.bundler.includes('vite 8')) {
    await measure({ app, bundler: 'vite 8', ...real }, await writeRealApp(app))
  }
}

/**
 * Measures an application, and removes it.
 *
 * @param {Measured} measured What it is.
 * @param {string} folder Where it is.
 */
async function measure(measured, folder) {
  const bundler = /** @type {import('../build-cost/bundlers.mjs').Bundler} */ (bundlers[measured.bundler])
  /** @param {string} variant See `Variant`. */
  const build = async (variant) => {
    globalThis.gc?.()
    const start = performance.now()
    await quietly(() => bundler.build(folder, /** @type {any} */ (variant)))
    return performance.now() - start
  }
  for (const variant of ['with', 'without', 'with']) await build(variant)
  const runs = await interleave(Number(options.rounds), ['without', 'with'], build)
  await rm(folder, { recursive: true })
  const { with: ours = [], without = [] } = runs
  const result = {
    ...measured,
    time: compare(ours, without),
    more: summarise(ours.map((time, round) => time - /** @type {number} */ (without[round]))),
    with: summarise(ours),
    without: summarise(without),
  }
  const { time, more, most, mostMore = 0 } = result
  const isMet = time.median <= most || more.median <= mostMore
  console.log(
    `${measured.app.padEnd(20)} ${measured.bundler.padEnd(9)} ${isMet ? 'met   ' : 'missed'} ` +
      `${show(time, 3)}, ${show(more, 0)} ms more than ${show(result.without, 0)}`,
  )
  results.push(result)
  await writeResults('warm-builds', { results }, { 'warm-builds': draw() })
}

/**
 * Runs a build without what it prints.
 *
 * @param {() => Promise<unknown>} run A build.
 */
async function quietly(run) {
  const { log, warn } = console
  console.log = console.warn = () => {}
  try {
    await run()
  } finally {
    Object.assign(console, { log, warn })
  }
}

function draw() {
  const groups = results.map(({ app, bundler, with: ours, without }) => ({
    title: `${app}, ${bundler}`,
    bars: [
      { label: 'without plugin', value: without },
      { label: 'with plugin', value: ours, kind: /** @type {const} */ ('ours') },
    ],
  }))
  return drawBars('Time of a build in a process that has built before', groups, { unit: 'ms' })
}
