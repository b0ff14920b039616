import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { execFileSync } from 'node:child_process'

const folder = new URL('../results/', import.meta.url)

/** How busy the machine was before: averages of 1, 5 and 15 minutes. */
const loadBefore = load()

/** What the figures were measured on, and what else it had to do: the benchmark itself counts in the load after it. */
export function machine() {
  return {
    processor: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${release()}`,
    node: process.version,
    load: { before: loadBefore, after: load() },
  }
}

/**
 * Writes what a benchmark found: `results/<name>.json`, and a chart beside it.
 *
 * @param {string} name Of the benchmark.
 * @param {object} results Anything JSON can hold.
 * @param {Record<string, string>} [charts] SVG by the name of its file, without the ending.
 */
export async function writeResults(name, results, charts = {}) {
  await mkdir(folder, { recursive: true })
  const head = { benchmark: name, date: new Date().toISOString(), commit: commit(), machine: machine() }
  const files = {
    [`${name}.json`]: `${JSON.stringify({ ...head, ...results }, undefined, 2)}\n`,
    ...Object.fromEntries(Object.entries(charts).map(([chart, svg]) => [`${chart}.svg`, svg])),
  }
  for (const [file, text] of Object.entries(files)) await writeFile(new URL(file, folder), text)
  console.log(`\nWrote ${Object.keys(files).join(', ')} to scripts/bench/results.`)
}

function load() {
  return loadavg().map((load) => Number(load.toFixed(2)))
}

/** The commit that was measured. */
function commit() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
}
