import { execFileSync } from 'node:child_process'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import wasmCos from '@wasm-cos/esbuild-plugin'
import { build } from 'esbuild'
import { workFolder } from '../build-cost/apps.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { interleave, show, summarise } from '../report/statistics.mjs'

// pnpm bench renaming [--rounds n] [--chunks n …]: chunks that share one loader, which is edited, so that all get new names:
// what the plugin for esbuild takes of a build, and `wasm-cos inject --rename`, the start of its process included; beside it, what
// the file system alone takes of that.

const most = 1000
/** How many times as long twice as many chunks may take: what is linear takes two, and what is quadratic four. */
const mostGrowth = 2.4
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    chunks: { type: 'string', multiple: true, default: ['1250', '2500', '5000'] },
  },
})
const command = fileURLToPath(new URL('../../../packages/cli/dist/cli.js', import.meta.url))
const filesAlone = fileURLToPath(new URL('files-alone.mjs', import.meta.url))
const wasm = fileURLToPath(import.meta.resolve('sql.js/dist/sql-wasm.wasm'))
// Each run has a folder of its own, and all are removed at the end: on ext4, to create files is slow for some seconds after
// thousands were removed.
const folders = `${workFolder}renaming`
await rm(folders, { recursive: true, force: true })
let runs = 0

/**
 * @type {{
 *   chunks: number
 *   names: string
 *   most?: number | undefined
 *   growth?: number | undefined
 *   mostGrowth: number
 *   time: import('../report/statistics.mjs').Summary
 * }[]}
 */
const results = []
for (const chunks of options.chunks.map(Number)) {
  const {
    esbuild = [],
    inject = [],
    files = [],
  } = await interleave(Number(options.rounds), ['esbuild', 'inject', 'files'], async (who) =>
    who === 'esbuild'
      ? (await timeOfBuild(chunks, [wasmCos({ manifest: false })])) - (await timeOfBuild(chunks, []))
      : who === 'inject'
        ? timeOfCommand(chunks, (folder) => [command, 'inject', folder, '--rename'])
        : timeOfCommand(chunks, (folder) => [filesAlone, folder]),
  )
  /** @type {[names: string, times: number[], most?: number][]} */
  const rows = [
    ["esbuild's", esbuild, most],
    ['inject --rename', inject, most],
    ['its files alone', files],
  ]
  for (const [names, times, most] of rows) {
    const time = summarise(times)
    const verdict = most === undefined ? '' : time.median <= most ? 'met' : 'missed'
    console.log(
      `${String(chunks).padStart(5)} chunks, ${names.padEnd(16)} ${verdict.padEnd(6)} ${show(time, 0)} ms`,
    )
    const half = results.find((other) => other.names === names && other.chunks * 2 === chunks)
    const growth = half && time.median / half.time.median
    if (growth !== undefined)
      console.log(
        `      ${growth <= mostGrowth ? 'met' : 'missed'}: ${growth.toFixed(2)} times as long as half as many`,
      )
    results.push({ chunks, names, most, growth, mostGrowth, time })
  }
}
await rm(folders, { recursive: true, force: true })
const groups = results.map(({ chunks, names, time }) => ({
  title: `${chunks} chunks, ${names}`,
  bars: [{ label: 'renaming', value: time, kind: /** @type {const} */ ('ours') }],
}))
await writeResults('renaming', { results }, { renaming: drawBars('Renaming', groups, { unit: 'ms' }) })

/**
 * Builds entries that import one loader with esbuild.
 *
 * @param {number} chunks How many.
 * @param {import('esbuild').Plugin[]} plugins Ours, or none.
 * @returns {Promise<number>} Milliseconds.
 */
async function timeOfBuild(chunks, plugins) {
  const folder = `${folders}/${runs++}`
  await mkdir(`${folder}/src`, { recursive: true })
  await copyFile(wasm, `${folder}/src/sql.wasm`)
  const names = Array.from({ length: chunks }, (_, index) => `entry${index}.js`)
  await writeFile(
    `${folder}/src/loader.js`,
    "import url from './sql.wasm'\nexport const load = () => WebAssembly.compileStreaming(fetch(url))\n",
  )
  await Promise.all(
    names.map((name) =>
      writeFile(`${folder}/src/${name}`, `import { load } from './loader.js'\nload('${name}')\n`),
    ),
  )
  const start = performance.now()
  await build({
    entryPoints: names.map((name) => `${folder}/src/${name}`),
    outdir: `${folder}/dist`,
    bundle: true,
    splitting: true,
    format: 'esm',
    entryNames: '[name]-[hash]',
    loader: { '.wasm': 'file' },
    logLevel: 'silent',
    plugins,
  })
  return performance.now() - start
}

/**
 * Renames the chunks of a folder.
 *
 * @param {number} chunks How many.
 * @param {(folder: string) => string[]} args What Node is started with.
 * @returns {Promise<number>} Milliseconds.
 */
async function timeOfCommand(chunks, args) {
  const folder = `${folders}/${runs++}`
  await mkdir(folder, { recursive: true })
  await copyFile(wasm, `${folder}/sql-AAAA2345.wasm`)
  await writeFile(
    `${folder}/loader-BBBB2345.js`,
    "export const load = () => WebAssembly.compileStreaming(fetch(new URL('sql-AAAA2345.wasm', import.meta.url)))\n",
  )
  const names = Array.from({ length: chunks }, (_, index) => `chunk-${hashLike(index)}.js`)
  await writeFile(`${folder}/main.js`, names.map((name) => `import('./${name}')\n`).join(''))
  await Promise.all(
    names.map((name, index) =>
      writeFile(`${folder}/${name}`, `import { load } from './loader-BBBB2345.js'\nload(${index})\n`),
    ),
  )
  const start = performance.now()
  execFileSync(process.execPath, args(folder), { stdio: 'ignore' })
  return performance.now() - start
}

/** @param {number} index Becomes eight characters as bundlers write them. */
function hashLike(index) {
  return (BigInt(index + 1) * 2_654_435_761n).toString(32).toUpperCase().padStart(8, 'C').slice(-8)
}
