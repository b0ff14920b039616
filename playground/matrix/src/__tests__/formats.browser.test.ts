import { copyFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { expectPlainLoad, expectSharedLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { beforeAll, describe, test } from 'vitest'
import { entryOf, prepareApp } from '../app.ts'
import type { Bundler } from '../bundler.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rolldown } from '../bundlers/rolldown.ts'
import { rollup } from '../bundlers/rollup.ts'
import { rspack1, rspack2 } from '../bundlers/rspack.ts'
import { vite7, vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { scriptElement, writeHtml } from '../page.ts'

type Loader = 'classic' | 'module' | 'system'

/** How a bundler says that it writes a format, and how a page then loads it. */
interface Format {
  name: string
  bundlers: Bundler[]
  overrides: Record<string, unknown>
  loader?: Loader
}

const webpackLike = [webpack, rspack2, rspack1]

const formats: Format[] = [
  { name: 'iife', bundlers: [rollup, rolldown], overrides: { format: 'iife', name: 'app' } },
  { name: 'umd', bundlers: [rollup, rolldown], overrides: { format: 'umd', name: 'app' } },
  { name: 'system', bundlers: [rollup], overrides: { format: 'system' }, loader: 'system' },
  ...['iife', 'umd'].map((format) => ({
    name: format,
    bundlers: [vite8, vite7],
    overrides: { build: { rollupOptions: { output: { format, name: 'app' } } } },
  })),
  {
    name: 'system',
    bundlers: [vite7],
    overrides: { build: { rollupOptions: { output: { format: 'system' } } } },
    loader: 'system',
  },
  ...['var', 'assign', 'window', 'umd'].map((type) => ({
    name: `library type ${type}`,
    bundlers: webpackLike,
    overrides: { output: { library: { type, name: 'app' } } },
  })),
  {
    name: 'library type system',
    bundlers: webpackLike,
    overrides: { output: { library: { type: 'system' } } },
    loader: 'system',
  },
  {
    name: 'library type module',
    bundlers: webpackLike,
    overrides: {
      output: { library: { type: 'module' }, module: true },
      experiments: { outputModule: true, asyncWebAssembly: true },
    },
    loader: 'module',
  },
  {
    name: 'iife',
    bundlers: [esbuild],
    overrides: { format: 'iife', globalName: 'app', splitting: false },
  },
]

const cases = formats.flatMap(({ name, bundlers, overrides, loader = 'classic' }) =>
  bundlers.map((bundler) => [`${bundler.name}: ${name}`, { bundler, overrides, loader }] as const),
)

const shared = shareBrowser(() => startCosHost())

describe.each(cases)('%s', (label, { bundler, overrides, loader }) => {
  let outDir: string

  beforeAll(async () => {
    const app = await prepareApp('classic-script', bundler, label.replaceAll(/\W+/g, '-'))
    outDir = join(app, 'dist')
    await bundler.build({ app, outDir, overrides })
    await writeHtml(outDir, ...(await elementsFor(outDir, loader)))
  })

  test('runs without Cross-Origin Storage', () => expectPlainLoad(shared.tab, outDir, { result: '42' }))

  test('shares its wasm', () => expectSharedLoads(shared.tab, shared.host, outDir, { result: '42' }))
})

async function elementsFor(outDir: string, loader: Loader): Promise<string[]> {
  const entry = await entryOf(outDir)
  if (loader !== 'system') return [scriptElement(loader, `./${entry}`)]
  await copyFile(createRequire(import.meta.url).resolve('systemjs/dist/s.min.js'), join(outDir, 's.min.js'))
  return ['<script src="./s.min.js"></script>', `<script data-app>System.import('./${entry}')</script>`]
}
