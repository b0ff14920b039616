import { brotliCompressSync, gzipSync } from 'node:zlib'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { loaders } from './loaders.mjs'

// pnpm bench stub-size: bytes of what is injected, beside other loaders. These are the same on every machine.

/** @type {{ name: string, kind: 'ours' | 'other', minified: number, gzip: number, brotli: number }[]} */
const rows = []
for (const { name, kind, read } of loaders) {
  const code = await read()
  rows.push({
    name,
    kind,
    minified: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  })
}

console.log(`${''.padEnd(44)} minified  gzip  brotli`)
for (const { name, minified, gzip, brotli } of rows) {
  console.log(
    `${name.padEnd(44)} ${String(minified).padStart(8)} ${String(gzip).padStart(5)} ${String(brotli).padStart(7)}`,
  )
}
await writeResults('stub-size', { rows }, { 'stub-size': draw() })

function draw() {
  /** @param {number} bytes Exact. */
  const exact = (bytes) => ({ median: bytes, q1: bytes, q3: bytes, runs: 1 })
  const bars = rows.map(({ name, kind, gzip }) => ({ label: name, kind, value: exact(gzip) }))
  return drawBars('Size of loaders', [{ title: 'gzip', bars }], { unit: 'B' })
}
