import { spawnSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { workFolder } from '../build-cost/apps.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'

// pnpm bench large-folder [--rounds n] [--megabytes n] [--scripts n]: `wasm-cos inject` on a folder, beside `openssl dgst` of
// the same wasm. Both are processes of their own, and read files that the system has in memory.

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    megabytes: { type: 'string', default: '1024' },
    scripts: { type: 'string', default: '2000' },
  },
})
const [size, scripts] = [Number(options.megabytes), Number(options.scripts)]
const command = fileURLToPath(new URL('../../../packages/cli/dist/cli.js', import.meta.url))
const folder = `${workFolder}large-folder`
/** Each is one of the folder's wasm files, of 64 MB. */
const wasm = Array.from({ length: Math.ceil(size / 64) }, (_, index) => `${folder}/module${index}.wasm`)

await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
for (const path of wasm) {
  const bytes = randomFillSync(Buffer.alloc(64 * 2 ** 20))
  bytes.set([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
  await writeFile(path, bytes)
}
const { inject = [], openssl = [] } = await interleave(
  Number(options.rounds),
  ['openssl', 'inject'],
  async (who) => {
    if (who === 'openssl') return run('openssl', ['dgst', '-sha256', ...wasm])
    await writeScripts()
    const report = "process.on('exit',()=>console.error('peak',process.resourceUsage().maxRSS))"
    return run(process.execPath, ['--import', `data:text/javascript,${report}`, command, 'inject', folder])
  },
)
await rm(folder, { recursive: true })
/** @type {(runs: { seconds: number }[]) => number[]} */
const seconds = (runs) => runs.map((one) => one.seconds)
const result = {
  size,
  scripts,
  inject: summarise(seconds(inject)),
  openssl: summarise(seconds(openssl)),
  ratio: compare(seconds(inject), seconds(openssl)),
  memory: summarise(inject.map(({ megabytes }) => megabytes)),
}
console.log(
  `${size} MB, ${scripts} scripts: inject ${show(result.inject, 1)} s, openssl ${show(result.openssl, 1)} s, ` +
    `ratio ${show(result.ratio)}, peak ${show(result.memory, 0)} MB`,
)
const bars = [
  { label: 'openssl dgst', value: result.openssl },
  { label: 'wasm-cos inject', value: result.inject, kind: /** @type {const} */ ('ours') },
]
const chart = drawBars('A large folder', [{ title: `${size} MB, ${scripts} scripts`, bars }], { unit: 's' })
await writeResults('large-folder', { results: [result] }, { 'large-folder': chart })

/** Writes the folder's scripts, about 10 kB each: one in a hundred loads a file. */
async function writeScripts() {
  const filler = Array.from(
    { length: 100 },
    (_, at) => `export function f${at}(a) { return a.map((b) => b * ${at} / 2).filter(Boolean) }\n`,
  )
  await Promise.all(
    Array.from({ length: scripts }, (_, index) => {
      const name = `module${(index / 100) % wasm.length}.wasm`
      const loader = `export const load = () => WebAssembly.compileStreaming(fetch(new URL('${name}', import.meta.url)))\n`
      return writeFile(`${folder}/script${index}.js`, filler.join('') + (index % 100 === 0 ? loader : ''))
    }),
  )
}

/**
 * Runs a command.
 *
 * @param {string} program Its program.
 * @param {string[]} args Its arguments.
 * @returns {{ seconds: number, megabytes: number }} What it took; memory where it says so.
 */
function run(program, args) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`${program} failed: ${stdout}${stderr}`)
  const peak = Number(/^peak (\d+)$/m.exec(stderr)?.[1] ?? 0)
  return { seconds: (performance.now() - start) / 1000, megabytes: peak / 1024 }
}
