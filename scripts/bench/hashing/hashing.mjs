import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { hashOf } from '@wasm-cos/core'
import { megabytes, modules } from '../modules.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'

// pnpm bench hashing [--rounds n]: core's hash beside `openssl speed`, for as many bytes. Both count processor time.

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const most = 0.95

/** @typedef {import('../report/statistics.mjs').Summary} Summary */

/** @type {{ name: string, size: number, core: Summary, openssl: Summary, ratio: Summary }[]} */
const results = []
for (const { name, bytes } of modules) {
  const speeds = await interleave(Number(options.rounds), ['openssl', 'core'], async (who) =>
    who === 'core' ? speedOfCore(bytes) : speedOfOpenssl(bytes.length),
  )
  const [core, openssl] = [speeds.core ?? [], speeds.openssl ?? []]
  const ratio = compare(core, openssl)
  const verdict = ratio.median >= most ? 'met   ' : 'missed'
  console.log(
    `${verdict} ${name.padEnd(16)} ${megabytes(bytes.length).padStart(6)}  core ${show(summarise(core), 0)} MB/s, ` +
      `openssl ${show(summarise(openssl), 0)} MB/s, ratio ${show(ratio)} ≥ ${most}`,
  )
  results.push({ name, size: bytes.length, core: summarise(core), openssl: summarise(openssl), ratio })
}
const version = execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim()
await writeResults('hashing', { openssl: version, results }, { hashing: draw() })

/**
 * Hashes for about a second.
 *
 * @param {Buffer} bytes What to hash.
 * @returns {number} MB a second of processor time.
 */
function speedOfCore(bytes) {
  const times = Math.max(3, Math.round(1e9 / bytes.length))
  const start = process.cpuUsage()
  for (let time = 0; time < times; time++) hashOf(bytes)
  const { user, system } = process.cpuUsage(start)
  return (bytes.length * times) / (user + system)
}

/**
 * Asks openssl, which divides by processor time too.
 *
 * @param {number} size In bytes.
 * @returns {number} MB a second.
 */
function speedOfOpenssl(size) {
  const output = execFileSync(
    'openssl',
    ['speed', '-bytes', String(size), '-seconds', '1', '-evp', 'sha256'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const kilobytes = /^sha256\s+([\d.]+)k/im.exec(output)?.[1]
  if (kilobytes === undefined) throw new Error(`openssl speed printed no speed: ${output}`)
  return Number(kilobytes) / 1000
}

function draw() {
  const groups = results.map(({ name, size, core, openssl }) => ({
    title: `${name}, ${megabytes(size)}`,
    bars: [
      { label: 'openssl speed', value: openssl },
      { label: '@wasm-cos/core', value: core, kind: /** @type {const} */ ('ours') },
    ],
  }))
  return drawBars('SHA-256, MB a second of processor time', groups, { unit: 'MB/s' })
}
