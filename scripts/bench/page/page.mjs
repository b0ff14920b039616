import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tables } from './tables.mjs'

// pnpm bench page: puts what results/*.json hold into README.md, between `<!-- name -->` and `<!-- / -->`, and the charts
// beside it. Sections of which there are no results stay as they are.

const readme = new URL('../README.md', import.meta.url)

const text = readFileSync(readme, 'utf8').replace(
  /<!-- ([\w-]+) -->\n[^]*?<!-- \/ -->/g,
  (section, /** @type {string} */ name) => {
    const results = read(name)
    return results === undefined ? section : `<!-- ${name} -->\n\n${write(name, results)}\n\n<!-- / -->`
  },
)
writeFileSync(readme, text)
console.log('Wrote scripts/bench/README.md.')

/** @type {(name: string) => any} Nothing where a benchmark has not run. */
function read(name) {
  try {
    return JSON.parse(readFileSync(new URL(`../results/${name}.json`, import.meta.url), 'utf8'))
  } catch {
    console.log(`There are no results of ${name}.`)
    return undefined
  }
}

/** @type {(name: string, results: any) => string} */
function write(name, results) {
  const table =
    tables[name.replace(/^(load-time|build-cost)-.*|.*-(parts|again)$/, (_, first) => first ?? 'parts')]
  if (table === undefined) throw new Error(`README.md asks for ${name}, of which there is no table`)
  const caption = `${origin(results)}${rounds(results)}`
  copyChart(name)
  return [`![](charts/${name}.svg)`, markdown(table(results)), caption].join('\n\n')
}

/** @param {string} name The chart; in the repository it is one line. */
function copyChart(name) {
  const svg = readFileSync(new URL(`../results/${name}.svg`, import.meta.url), 'utf8')
  const charts = new URL('../charts/', import.meta.url)
  mkdirSync(charts, { recursive: true })
  writeFileSync(new URL(`${name}.svg`, charts), `${svg.replaceAll(/\n\s*/g, '')}\n`)
}

/** @param {{ date: string, commit: string, chromium?: string, machine: any }} results Of any benchmark. */
function origin({ date, commit, chromium, machine: { processor, memory, node, load } }) {
  const browser = chromium === undefined ? '' : `, Chromium ${chromium}`
  return (
    `${date.slice(0, 16).replace('T', ' ')} UTC, commit ${commit}: ${processor}, ${memory}, Node ${node.slice(1)}${browser}; ` +
    `load average ${load.before[0]} before, ${load.after[0]} after.`
  )
}

/** @param {unknown} results Of any benchmark: how many rounds its figures have. */
function rounds(results) {
  /** @type {number[]} */
  const counts = []
  JSON.stringify(results, (key, value) => {
    if (key === 'runs' && typeof value === 'number') counts.push(value)
    return value
  })
  if (counts.length === 0) return ''
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  return ` Rounds: ${least === most ? least : `${least} to ${most}`}.`
}

/** @param {string[][]} rows The first is the head; columns of numbers are aligned right. */
function markdown([head = [], ...rows]) {
  const isNumber = head.map((_, column) => rows.every((row) => /^[\d*.–-]/.test(row[column] ?? '')))
  const line = isNumber.map((isNumber) => (isNumber ? '---:' : '---'))
  return [head, line, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
