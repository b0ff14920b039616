import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import wasmCos from '@wasm-cos/rollup-plugin'
import { rolldown } from 'rolldown'
import { writeApp } from '../build-cost/apps.mjs'
import { drawLines } from '../report/lines.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'

// pnpm bench chunk-curve [--rounds n] [--chunks n …]: what the plugin's hooks take of a build with Rolldown, three of
// whose chunks load wasm.

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    chunks: { type: 'string', multiple: true, default: ['10', '50', '100', '500', '1000', '2000', '5000'] },
  },
})

/** @typedef {import('../report/statistics.mjs').Summary} Summary */

/** @type {{ chunks: number, hooks: Summary, rest: Summary, ratio: Summary }[]} */
const results = []
for (const chunks of options.chunks.map(Number)) {
  const folder = await writeApp(`curve-${chunks}`, ['sql', 'ffmpeg', 'canvaskit'], chunks, '')
  const { builds = [] } = await interleave(Number(options.rounds), ['builds'], () => build(folder))
  await rm(folder, { recursive: true })
  const result = {
    chunks,
    hooks: summarise(builds.map(({ hooks }) => hooks)),
    rest: summarise(builds.map(({ rest }) => rest)),
    ratio: compare(
      builds.map(({ hooks, rest }) => hooks + rest),
      builds.map(({ rest }) => rest),
    ),
  }
  console.log(
    `${String(chunks).padStart(5)} chunks: hooks ${show(result.hooks, 1)} ms, build ${show(result.rest, 0)} ms, ` +
      `with / without ${show(result.ratio, 3)}`,
  )
  results.push(result)
}
await writeResults('chunk-curve', { bundler: 'Rolldown', results }, { 'chunk-curve': draw() })

/**
 * Builds once and counts what the plugin takes.
 *
 * @param {string} folder The application.
 * @returns {Promise<{ hooks: number, rest: number }>} Milliseconds in the plugin's hooks, and in all else.
 */
async function build(folder) {
  const clock = { hooks: 0 }
  const start = performance.now()
  const build = await rolldown({
    input: `${folder}/src/main.js`,
    platform: 'browser',
    external: ['fs', 'path', 'crypto', 'module', 'worker_threads', 'url', 'util'],
    logLevel: 'silent',
    moduleTypes: { '.wasm': 'asset' },
    plugins: [timed(wasmCos(), clock)],
  })
  await build.write({ dir: `${folder}/dist`, format: 'es', entryFileNames: '[name]-[hash].js', minify: true })
  await build.close()
  return { hooks: clock.hooks, rest: performance.now() - start - clock.hooks }
}

/**
 * The same plugin, with a clock in every hook.
 *
 * @param {any} plugin Whose hooks are functions, or objects with a handler.
 * @param {{ hooks: number }} clock What is added to.
 */
function timed(plugin, clock) {
  /** @type {(hook: Function) => Function} */
  const time = (hook) =>
    function (/** @type {any[]} */ ...args) {
      const start = performance.now()
      const stop = () => {
        clock.hooks += performance.now() - start
      }
      // @ts-expect-error -- the bundler's context
      const result = hook.apply(this, args)
      if (!(result instanceof Promise)) stop()
      return result instanceof Promise ? result.finally(stop) : result
    }
  return /** @type {import('rolldown').Plugin} */ (
    Object.fromEntries(
      Object.entries(plugin).map(([name, hook]) => {
        if (typeof hook === 'function') return [name, time(hook)]
        if (hook?.handler !== undefined) return [name, { ...hook, handler: time(hook.handler) }]
        return [name, hook]
      }),
    )
  )
}

function draw() {
  /** @type {(key: 'hooks' | 'rest') => { x: number, value: import('../report/statistics.mjs').Summary }[]} */
  const points = (key) => results.map((result) => ({ x: result.chunks, value: result[key] }))
  return drawLines(
    'A build with Rolldown, three chunks of which load wasm',
    [
      { label: 'all the rest', kind: 'other', points: points('rest') },
      { label: "the plugin's hooks", kind: 'ours', points: points('hooks') },
    ],
    { x: 'chunks', y: 'milliseconds' },
  )
}
