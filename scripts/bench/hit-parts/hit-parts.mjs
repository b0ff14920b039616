import { parseArgs } from 'node:util'
import { page, script, startVisitor } from '../browser/visitor.mjs'
import { megabytes, modules } from '../modules.mjs'
import { drawBars } from '../report/bars.mjs'
import { writeResults } from '../report/results.mjs'
import { compare, interleave, show, summarise } from '../report/statistics.mjs'

// pnpm bench hit-parts [--rounds n]
// What a hit consists of, one part more in each row, and what the ways to its end differ by.

/** @type {Record<string, string>} */
const labels = {
  lookUp: 'look up',
  read: '… and read',
  hash: '… and hash',
  compile: "look up, read, compile: Emscripten's way",
  compileHashed: 'look up, read, hash, compile',
  compileBeside: 'look up, read, hash and compile at the same time',
  respondHashed: 'look up, read, hash, compile a Response of the bytes',
  streamHashed: 'look up, read, hash, compile a Response of a stream',
  stream: 'look up, compile a Response of the file',
}

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } })
const chosen = modules.filter(({ name }) => ['canvaskit-wasm', '@ffmpeg/core'].includes(name))

const visitor = await startVisitor(
  {
    '/hit-parts.js': script(new URL('page.js', import.meta.url)),
    '/hit-parts.html': page(['/browser/opfs-cos.js'], '/hit-parts.js'),
    ...Object.fromEntries(
      chosen.map(({ fileName, bytes }) => [`/${fileName}`, { type: 'application/wasm', body: bytes }]),
    ),
  },
  { megabits: Infinity, latency: 0 },
)

/** @typedef {import('../report/statistics.mjs').Summary} Summary */
/** @type {{ name: string, size: number, ways: { label: string, time: Summary, ratio: Summary }[] }[]} */
const results = []
for (const { name, fileName: file, bytes, hash } of chosen) {
  /** @type {(work: string, argument: object) => Promise<any>} */
  const visit = (work, argument) =>
    visitor.visit('/hit-parts.html', (page) =>
      page.evaluate(
        ([work, argument]) => /** @type {any} */ (globalThis).bench[work](argument),
        /** @type {const} */ ([work, argument]),
      ),
    )
  await visit('put', { file, hash })
  const ways = Object.keys(labels)
  for (const way of ways) await visit('measure', { way, hash })
  const runs = await interleave(Number(options.rounds), ways, (way) => visit('measure', { way, hash }))
  const result = {
    name,
    size: bytes.length,
    ways: ways.map((way) => ({
      label: /** @type {string} */ (labels[way]),
      time: summarise(runs[way] ?? []),
      ratio: compare(runs[way] ?? [], runs.compile ?? []),
    })),
  }
  console.log(`${name}, ${megabytes(result.size)}`)
  for (const { label, time, ratio } of result.ways) {
    console.log(`  ${label.padEnd(54)} ${show(time, 1).padEnd(22)} ms, ${show(ratio)} of Emscripten's`)
  }
  results.push(result)
}
await visitor.close()

await writeResults(
  'hit-parts',
  { chromium: visitor.version, modules: results },
  {
    'hit-parts': drawBars(
      'What a hit consists of',
      results.map(({ name, size, ways }) => ({
        title: `${name}, ${megabytes(size)}`,
        bars: ways.map(({ label, time }) => ({ label, value: time })),
      })),
      { unit: 'ms', digits: 1 },
    ),
  },
)
