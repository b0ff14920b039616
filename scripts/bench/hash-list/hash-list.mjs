import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'

// pnpm bench hash-list [--digests n] [--rounds n]: a Public Hash List of the size of the published one (438,684 digests,
// 88 MB) is searched for the files of a build, beside reading the same file, each in a process of its own. Both count processor time.

const { values: options } = parseArgs({
  options: { digests: { type: 'string', default: '438684' }, rounds: { type: 'string', default: '5' } },
})
const folder = mkdtempSync(join(tmpdir(), 'wasm-cos-bench-'))
const list = join(folder, 'public-hash-list.dat')
const size = writeList(list, Number(options.digests))

const figures = await interleave(Number(options.rounds), ['read', 'search'], async (what) => run(what))
const [read, search] = [figures.read ?? [], figures.search ?? []]
console.log(
  `${options.digests} digests, ${(size / 1e6).toFixed(0)} MB: read ${show(summarise(read), 0)} ms, ` +
    `searched ${show(summarise(search), 0)} ms, ratio ${show(compare(search, read))}`,
)
console.log(`peak memory: read ${run('read', 'memory')} MB, searched ${run('search', 'memory')} MB`)
rmSync(folder, { recursive: true })

/**
 * Writes a list as the published one is written: sorted digests, each under a comment with its sources and one URL.
 *
 * @param {string} path Where to.
 * @param {number} count How many digests.
 * @returns {number} Its size in bytes.
 */
function writeList(path, count) {
  const digests = Array.from({ length: count }, (_, index) =>
    createHash('sha256').update(String(index)).digest('hex'),
  ).toSorted()
  const file = openSync(path, 'w')
  let written = writeSync(file, '// ===BEGIN SHA-256===\n')
  for (const [index, digest] of digests.entries()) {
    const url = `https://cdn.example.com/libraries/library-${index}/1.0.${index}/dist/module-${index}.min.js`
    written += writeSync(file, `// HTTP-ARCHIVE, JSDELIVR (1,234 sites) ${url}\n${digest}\n`)
  }
  written += writeSync(file, '// ===END SHA-256===\n')
  closeSync(file)
  return written
}

/**
 * Reads or searches the list.
 *
 * @param {string} what `read` or `search`.
 * @param {'time' | 'memory'} figure What is wanted.
 * @returns {number} Milliseconds of processor time, or the peak of the process in MB.
 */
function run(what, figure = 'time') {
  const program = fileURLToPath(new URL('once.mjs', import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, what, list], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return Math.round(JSON.parse(stdout)[figure])
}
