import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeWasm } from '@wasm-cos/harness'
import { embeddedHashes } from '@wasm-cos/harness/hash'
import { describe, expect, test } from 'vitest'
import { prepareApp } from '../app.ts'
import type { Bundler } from '../bundler.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rolldown } from '../bundlers/rolldown.ts'
import { rollup } from '../bundlers/rollup.ts'
import { rspack1, rspack2 } from '../bundlers/rspack.ts'
import { vite7, vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { readOutput, textsOf } from '../output.ts'

type Overrides = (app: string) => Record<string, unknown>

const webpackLike = [webpack, rspack2, rspack1]
const target: Overrides = () => ({ target: 'node', output: { publicPath: '' } })
const commonjs: Overrides = () => ({ output: { library: { type: 'commonjs2' } } })
const lib: Overrides = (app) => ({ build: { lib: { entry: join(app, 'main.js'), formats: ['es'] } } })
const ssr: Overrides = (app) => ({ build: { ssr: join(app, 'main.js') } })

const cases: [name: string, bundler: Bundler, overrides: Overrides][] = [
  ...[vite8, vite7].map((bundler) => ['SSR', bundler, ssr] as [string, Bundler, Overrides]),
  ...[vite8, vite7].map((bundler) => ['library mode', bundler, lib] as [string, Bundler, Overrides]),
  ['format cjs', rollup, () => ({ format: 'cjs' })],
  ['format cjs', rolldown, () => ({ format: 'cjs' })],
  ...webpackLike.map((bundler) => ['target node', bundler, target] as [string, Bundler, Overrides]),
  ...webpackLike.map((bundler) => ['a CommonJS library', bundler, commonjs] as [string, Bundler, Overrides]),
  ['platform node', esbuild, () => ({ platform: 'node' })],
]

describe.each(
  cases.map(([label, bundler, overrides]) => [`${bundler.name}: ${label}`, bundler, overrides] as const),
)('%s', (label, bundler, overrides) => {
  const build = async (options?: { strict: true }) => {
    const app = await prepareApp('classic-script', bundler, `left-alone-${label.replaceAll(/\W+/g, '-')}`)
    // A module of its own: where another build of this process serves a file in browsers, nothing is left to say.
    await writeFile(join(app, 'answer.wasm'), makeWasm(42, 20_001))
    const outDir = join(app, 'dist')
    const request = { app, outDir, overrides: overrides(app), ...(options && { options }) }
    const { warnings } = await bundler.build(request)
    return { warnings, scripts: textsOf(await readOutput(outDir), 'js').map(([, code]) => code) }
  }

  test('nothing is injected, with one warning', async () => {
    const { warnings, scripts } = await build()
    expect(scripts.length).toBeGreaterThan(0)
    expect(scripts.flatMap(embeddedHashes)).toEqual([])
    expect(warnings.filter((text) => text.includes('Cross-Origin Storage'))).toEqual([
      expect.stringMatching(/answer.*\.wasm/),
    ])
  })

  test('strict makes no error of it, for nobody can mend it', async () => {
    const { warnings } = await build({ strict: true })
    expect(warnings.filter((text) => text.includes('Cross-Origin Storage'))).toHaveLength(1)
  })
})
