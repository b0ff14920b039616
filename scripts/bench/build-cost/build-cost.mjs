import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'
import { workFolder, writeApp } from './apps.mjs'
import { bundlers } from './bundlers.mjs'

// pnpm bench build-cost [--rounds n] [--bundler name …] [--app small|large …]

/** What is built, and how much longer it may take with the plugin. */
const apps = {
  small: { libraries: ['sql'], chunks: 1, most: 1.1, rounds: 9 },
  large: { libraries: ['onnxruntime', 'ffmpeg', 'canvaskit'], chunks: 500, most: 1.1, rounds: 5 },
}

/** @typedef {{ milliseconds: number, megabytes: number }} Build What a build took. */

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string' },
    bundler: { type: 'string', multiple: true, default: Object.keys(bundlers) },
    app: { type: 'string', multiple: true, default: Object.keys(apps) },
  },
})

/** @typedef {{ app: string, bundler: string, most: number } & ReturnType<typeof compareRuns>} Result */

for (const [app, { libraries, chunks, most, rounds }] of Object.entries(apps)) {
  if (!options.app.includes(app)) continue
  /** @type {Result[]} */
  const results = []
  for (const bundler of options.bundler) {
    const query = bundlers[bundler]?.query ?? ''
    const folder = await writeApp(`${app}-${bundler.replace(' ', '')}`, libraries, chunks, query)
    /** @param {string} variant See `Variant`. */
    const measure = async (variant) => build(bundler, folder, variant)
    await measure('with')
    const variants = ['without', 'with', 'hash', 'hashAndParse']
    const runs = await interleave(Number(options.rounds ?? rounds), variants, measure)
    await rm(folder, { recursive: true })
    const result = { app, bundler, most, ...compareRuns(runs) }
    console.log(
      `${app.padEnd(6)} ${bundler.padEnd(9)} ${result.time.median <= most ? 'met   ' : 'missed'} ` +
        `time ${show(result.time, 3)} ≤ ${most} of ${show(result.without, 0)} ms, ` +
        `hashing alone ${show(result.hash, 3)}, and parsing ${show(result.hashAndParse, 3)}, memory ${show(result.memory, 3)} of ${show(result.memoryWithout, 0)} MB`,
    )
    results.push(result)
    // After each: builds of the large one take minutes, and what is measured stays.
    await writeResults(`build-cost-${app}`, { results }, { [`build-cost-${app}`]: draw(results) })
  }
}

/**
 * Builds once, in a process of its own.
 *
 * @param {string} bundler A key of `bundlers`.
 * @param {string} folder The application.
 * @param {string} variant See `Variant`.
 * @returns {Build} What it took.
 */
function build(bundler, folder, variant) {
  const program = fileURLToPath(new URL('build.mjs', import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, bundler, folder, variant], {
    cwd: workFolder,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) throw new Error(`${bundler} failed (${variant}): ${stdout}${stderr}`)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

/** @param {Record<string, Build[]>} runs Of the same rounds. */
function compareRuns({ with: runs = [], without: references = [], hash = [], hashAndParse = [] }) {
  /** @type {(builds: Build[]) => number[]} */
  const times = (builds) => builds.map(({ milliseconds }) => milliseconds)
  /** @type {(builds: Build[]) => number[]} */
  const memory = (builds) => builds.map(({ megabytes }) => megabytes)
  return {
    time: compare(times(runs), times(references)),
    hash: compare(times(hash), times(references)),
    hashAndParse: compare(times(hashAndParse), times(references)),
    memory: compare(memory(runs), memory(references)),
    with: summarise(times(runs)),
    without: summarise(times(references)),
    memoryWith: summarise(memory(runs)),
    memoryWithout: summarise(memory(references)),
    runs: { with: runs, without: references, hash, hashAndParse },
  }
}

/** @param {Result[]} results Of one application. */
function draw(results) {
  const groups = results.map(({ app, bundler, with: withPlugin, without }) => ({
    title: `${app}, ${bundler}`,
    bars: [
      { label: 'without plugin', value: without },
      { label: 'with plugin', value: withPlugin, kind: /** @type {const} */ ('ours') },
    ],
  }))
  return drawBars('Time of a build', groups, { unit: 'ms' })
}
