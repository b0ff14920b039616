import type { Bundler } from './bundler.ts'
import { bundlers } from './bundlers.ts'
import { rolldown } from './bundlers/rolldown.ts'
import { rollup } from './bundlers/rollup.ts'
import { vite7, vite8 } from './bundlers/vite.ts'

/** A way of loading wasm: a row of the matrix. */
export interface Style {
  /** Folder below `styles`. */
  name: string
  /** How code says it. */
  code: string
  /** What the page must show. */
  result: string
  /** Bundlers that cannot do it themselves, and why not. */
  unsupported: Map<Bundler, string>
  /** Whether a worker loads the wasm, which the extension leaves alone. */
  inWorker?: boolean
}

const answer = '42'
const rows = '2000 rows, sum 1999000'

const everyone = new Map<Bundler, string>()
const onlyVite = new Map([rollup, rolldown].map((bundler) => [bundler, 'a convention of Vite']))

/** The rows of the matrix. */
export const styles: Style[] = [
  { name: 'url-query', code: "import url from './x.wasm?url'", result: answer, unsupported: onlyVite },
  { name: 'init-query', code: "import init from './x.wasm?init'", result: answer, unsupported: onlyVite },
  {
    name: 'esm-import',
    code: "import { answer } from './x.wasm'",
    result: answer,
    unsupported: new Map([
      [vite7, 'Vite 7 has no ESM integration of wasm'],
      [rollup, 'Rollup has no ESM integration of wasm'],
      [rolldown, 'Rolldown has no ESM integration of wasm'],
    ]),
  },
  {
    name: 'new-url',
    code: "new URL('./x.wasm', import.meta.url)",
    result: answer,
    unsupported: everyone,
  },
  {
    name: 'plugin-wasm',
    code: "import init from './x.wasm' (@rollup/plugin-wasm)",
    result: answer,
    unsupported: new Map([vite8, vite7].map((bundler) => [bundler, 'Vite users have ?init'])),
  },
  { name: 'sql-js', code: 'unmodified sql.js with locateFile', result: rows, unsupported: everyone },
  {
    name: 'module-worker',
    code: "new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })",
    result: rows,
    unsupported: everyone,
    inWorker: true,
  },
  {
    name: 'other-chunk',
    code: 'the URL in one chunk, the fetching library in another',
    result: rows,
    unsupported: everyone,
  },
]

/** A cell that a bundler itself supports. */
export interface Cell {
  bundler: Bundler
  style: Style
  label: string
}

/** Every cell to test. */
export const cells: Cell[] = styles.flatMap((style) =>
  bundlers
    .filter((bundler) => !style.unsupported.has(bundler))
    .map((bundler) => ({ bundler, style, label: `${bundler.name}: ${style.code}` })),
)
