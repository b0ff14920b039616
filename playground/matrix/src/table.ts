import type { Bundler } from './bundler.ts'
import { columns } from './bundlers.ts'
import { bun } from './bundlers/bun.ts'
import { esbuild } from './bundlers/esbuild.ts'
import { farm } from './bundlers/farm.ts'
import { rolldown } from './bundlers/rolldown.ts'
import { rollup } from './bundlers/rollup.ts'
import { rspack1, rspack2 } from './bundlers/rspack.ts'
import { vite6, vite7, vite8 } from './bundlers/vite.ts'
import { webpack } from './bundlers/webpack.ts'

/** A way of loading wasm: a row of the matrix. */
export interface Style {
  /** Folder below `styles`. */
  name: string
  /** How code says it, as Markdown. */
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

const viteLike = [vite8, vite7, vite6]
const rollupLike = [rollup, rolldown]
const webpackLike = [webpack, rspack2, rspack1]

/** The same reason for several bundlers. */
function because(reason: string, those: Bundler[]): [Bundler, string][] {
  return those.map((bundler) => [bundler, reason])
}

/** Those that do not import wasm as a module. */
const noWasmModules: [Bundler, string][] = [
  ...because(
    'Vite 6 and 7 do not import wasm as a module; with vite-plugin-wasm they do, which `neighbours.browser.test.ts` shows',
    [vite7, vite6],
  ),
  ...because('The bundler does not import wasm as a module', [...rollupLike, esbuild, farm, bun]),
]

/** Bun has no way to find a file by `new URL()`, and Farm none for a path without `./`, as libraries write it. */
const newUrl = {
  bun: because('Bun leaves `new URL()` alone and emits no file for it', [bun]),
  farm: because("Farm 1 panics at `new URL('x.wasm', import.meta.url)`, a path without `./`", [farm]),
}

/** The bundler's own output does not run, with wasm-cos or without. */
const noFarmWorkers = because('Farm 1 by itself emits a worker as it is, without what it imports', [farm])
const noFarmChunks = because(
  'Where a script is its input, and no page, the output of Farm 1 does not find its other chunks',
  [farm],
)

/** The rows of the matrix. */
export const styles: Style[] = [
  {
    name: 'asset-url',
    code: "`import url from './x.wasm?url'`, asset module, loader `file`, `@rollup/plugin-url`",
    result: answer,
    unsupported: new Map(),
  },
  {
    name: 'init-query',
    code: "`import init from './x.wasm?init'`",
    result: answer,
    unsupported: new Map(
      because('A convention of Vite', [...rollupLike, ...webpackLike, esbuild, farm, bun]),
    ),
  },
  { name: 'cos-import', code: "`import init from './x.wasm?cos'`", result: answer, unsupported: new Map() },
  {
    name: 'esm-import',
    code: "`import { answer } from './x.wasm'`",
    result: answer,
    unsupported: new Map(noWasmModules),
  },
  {
    name: 'async-wasm',
    code: "`await import('./x.wasm')`",
    result: answer,
    unsupported: new Map(noWasmModules),
  },
  {
    name: 'new-url',
    code: "`new URL('./x.wasm', import.meta.url)`",
    result: answer,
    unsupported: new Map(newUrl.bun),
  },
  {
    name: 'plugin-wasm',
    code: "`import init from './x.wasm'`, `@rollup/plugin-wasm`",
    result: answer,
    unsupported: new Map([
      ...because('Users of Vite have `?init`', viteLike),
      ...because('A plugin for Rollup', [...webpackLike, esbuild, farm, bun]),
    ]),
  },
  {
    name: 'public-file',
    code: "`fetch('./x.wasm')`: `public/`, copy-webpack-plugin, loader `copy`",
    result: answer,
    unsupported: new Map(
      because(
        'Farm copies its public folder when no plugin is asked any more: run `npx wasm-cos inject` afterwards',
        [farm],
      ),
    ),
  },
  { name: 'sql-js', code: 'unmodified `sql.js`', result: rows, unsupported: new Map() },
  {
    name: 'canvaskit',
    code: 'unmodified `canvaskit-wasm`',
    result: '12,34,56,255',
    unsupported: new Map(),
  },
  {
    name: 'sqlite-wasm',
    code: 'unmodified `@sqlite.org/sqlite-wasm`',
    result: rows,
    unsupported: new Map([...newUrl.bun, ...newUrl.farm]),
  },
  {
    name: 'bindgen-web',
    code: 'wasm-bindgen `--target web`: `@jsquash/png`',
    result: '1 × 1',
    unsupported: new Map([...newUrl.bun, ...newUrl.farm]),
  },
  {
    name: 'bindgen-bundler',
    code: 'wasm-bindgen `--target bundler`: `@emurgo/cardano-message-signing-browser`',
    result: answer,
    unsupported: new Map(noWasmModules),
  },
  {
    name: 'module-worker',
    code: 'module worker',
    result: rows,
    unsupported: new Map(noFarmWorkers),
    inWorker: true,
  },
  {
    name: 'classic-worker',
    code: 'classic worker',
    result: answer,
    unsupported: new Map(noFarmWorkers),
    inWorker: true,
  },
  {
    name: 'dynamic-import',
    code: "`import('./lazy.js')`",
    result: answer,
    unsupported: new Map([...newUrl.bun, ...noFarmChunks]),
  },
  {
    name: 'posted-url',
    code: 'the URL in the page, posted to a worker that loads it',
    result: answer,
    unsupported: new Map(),
    inWorker: true,
  },
  {
    name: 'other-chunk',
    code: 'the URL in one chunk, the fetching library in another',
    result: rows,
    unsupported: new Map(noFarmChunks),
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
  columns
    .filter((bundler) => !style.unsupported.has(bundler))
    .map((bundler) => ({ bundler, style, label: `${bundler.name}: ${style.name}` })),
)
