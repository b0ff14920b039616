import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import esbuildCos from '@wasm-cos/esbuild-plugin'
import { embeddedHashes, makeWasm } from '@wasm-cos/harness'
import { expectLoads, expectPlainLoad } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import rollupCos from '@wasm-cos/rollup-plugin'
import viteCos, { type WasmCosOptions } from '@wasm-cos/vite-plugin'
import webpackCos from '@wasm-cos/webpack-plugin'
import { describe, expect, test } from 'vitest'
import { entryOf, prepareApp, writePage } from '../app.ts'
import type { Bundler } from '../bundler.ts'
import { bundlers } from '../bundlers.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rolldown } from '../bundlers/rolldown.ts'
import { rollup } from '../bundlers/rollup.ts'
import { rspack1, rspack2 } from '../bundlers/rspack.ts'
import { vite7, vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { readOutput, textsOf } from '../output.ts'
import { scriptElement, writeHtml } from '../page.ts'

const shared = shareBrowser(() => startCosHost())

/** How to write classic scripts. */
const asScript = new Map<Bundler, Record<string, unknown>>([
  [webpack, {}],
  [rspack2, {}],
  [rollup, { format: 'iife', name: 'app' }],
  [esbuild, { format: 'iife', splitting: false }],
])

const pairs: [Bundler, Bundler][] = [
  [webpack, webpack],
  [webpack, rspack2],
  [rollup, esbuild],
  [esbuild, esbuild],
  [rollup, webpack],
]

describe.each(pairs.map((pair) => [pair.map(({ name }) => name).join(' and '), pair] as const))(
  'scripts of %s on one page',
  (names, pair) => {
    const label = names.replaceAll(/\W+/g, '-')

    /** Two builds in folders of one site, and the page with both. */
    async function build(kind: string, applications: { answer: number; options: WasmCosOptions }[]) {
      const site = await prepareApp('classic-script', pair[0], `${label}-${kind}`)
      const scripts = applications.map(async ({ answer, options }, index) => {
        const bundler = pair[index]!
        const app = await prepareApp('classic-script', bundler, `${label}-${kind}-${index}`)
        const outDir = join(site, 'dist', `app${index}`)
        await writeFile(join(app, 'answer.wasm'), makeWasm(answer))
        const overrides = { ...asScript.get(bundler), ...besides(bundler, index) }
        await bundler.build({ app, outDir, options, overrides })
        return scriptElement('classic', `./app${index}/${await entryOf(outDir)}`)
      })
      await writeHtml(join(site, 'dist'), ...(await Promise.all(scripts)))
      return join(site, 'dist')
    }

    test('with other options and files, both work', async () => {
      const outDir = await build('different', [
        { answer: 42, options: {} },
        { answer: 43, options: { lookupTimeout: 10_000, verify: true } },
      ])
      await expectLoads(shared, outDir, { result: '42,43', files: 2 })
    })

    test('with the same options and files, both work', async () => {
      const outDir = await build('same', [
        { answer: 42, options: {} },
        { answer: 42, options: {} },
      ])
      await expectPlainLoad(shared.tab, outDir, { result: '42,42', files: 2 })
    })
  },
)

/** esbuild's URLs are relative to the page unless it is told where its output is served. */
function besides(bundler: Bundler, index: number): Record<string, unknown> {
  return bundler === esbuild ? { publicPath: `/app${index}/` } : {}
}

/** A second copy of the plugin in the same configuration, as a shared preset brings it. */
const secondCopy = new Map<Bundler, Record<string, unknown>>([
  [vite8, { plugins: [viteCos()] }],
  [vite7, { plugins: [viteCos()] }],
  [rollup, { plugins: [rollupCos()] }],
  [rolldown, { plugins: [rollupCos()] }],
  [webpack, { plugins: [webpackCos()] }],
  [rspack2, { plugins: [webpackCos()] }],
  [rspack1, { plugins: [webpackCos()] }],
  [esbuild, { plugins: [esbuildCos(), esbuildCos()] }],
])

describe.each(bundlers)('$name', (bundler) => {
  test('with the plugin twice, a file is edited once', async () => {
    const app = await prepareApp('new-url', bundler, 'twice')
    const outDir = join(app, 'dist')
    const { warnings } = await bundler.build({ app, outDir, overrides: secondCopy.get(bundler)! })
    await writePage(outDir, bundler.page)
    const scripts = textsOf(await readOutput(outDir), 'js')
    expect(scripts.flatMap(([, code]) => embeddedHashes(code))).toHaveLength(1)
    expect(warnings).toEqual([])
    await expectLoads(shared, outDir, { result: '42' })
  })
})
