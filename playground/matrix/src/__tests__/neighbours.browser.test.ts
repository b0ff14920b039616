import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import legacy from '@vitejs/plugin-legacy'
import { startCosHost } from '@wasm-cos/cos-host'
import { embeddedHashes } from '@wasm-cos/harness'
import { expectLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import HtmlWebpackPlugin from 'html-webpack-plugin'
import { compression } from 'vite-plugin-compression2'
import { sri } from 'vite-plugin-sri3'
import topLevelAwait from 'vite-plugin-top-level-await'
import wasm from 'vite-plugin-wasm'
import { describe, expect, test } from 'vitest'
import { SubresourceIntegrityPlugin } from 'webpack-subresource-integrity'
import { prepareApp, writePage } from '../app.ts'
import type { Bundler } from '../bundler.ts'
import { vite6, vite7, vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { readOutput, textsOf } from '../output.ts'

const shared = shareBrowser(() => startCosHost())

/** The page as users of Vite and of webpack's HTML plugin write it: the bundler puts its scripts in. */
const html = (script: string) =>
  `<!doctype html><html><head><meta charset="utf-8"></head><body><pre id="result"></pre>${script}</body></html>`
const vitePage = '<script type="module" src="./main.js"></script>'

/** Builds an application from its page. */
async function buildPage(style: string, bundler: Bundler, label: string, overrides: Record<string, unknown>) {
  const app = await prepareApp(style, bundler, label)
  const outDir = join(app, 'dist')
  await writeFile(join(app, 'index.html'), html(bundler.page === 'module' ? vitePage : ''))
  const build = { rollupOptions: { input: { main: join(app, 'index.html') } } }
  await bundler.build({
    app,
    outDir,
    overrides: bundler.page === 'module' ? { build, ...overrides } : overrides,
  })
  return { outDir, output: await readOutput(outDir) }
}

const instrumented = (output: Map<string, Buffer>) =>
  textsOf(output, '.js').filter(([, code]) => embeddedHashes(code).length > 0)

describe.each([vite6, vite7, vite8])('vite-plugin-wasm with $name', (bundler) => {
  test.each(['esm-import', 'bindgen-bundler'])('%s', async (style) => {
    const app = await prepareApp(style, bundler, 'vite-plugin-wasm')
    const outDir = join(app, 'dist')
    await bundler.build({ app, outDir, overrides: { plugins: [wasm()] } })
    await writePage(outDir, bundler.page)
    await expectLoads(shared, outDir, { result: '42' })
  })

  test('and vite-plugin-top-level-await', async () => {
    const app = await prepareApp('bindgen-bundler', bundler, 'top-level-await')
    const outDir = join(app, 'dist')
    const overrides = { plugins: [wasm(), topLevelAwait()], build: { target: 'es2020' } }
    await bundler.build({ app, outDir, overrides })
    await writePage(outDir, bundler.page)
    await expectLoads(shared, outDir, { result: '42' })
  })
})

test('@vitejs/plugin-legacy: the modern chunks are instrumented, the others are what they were', async () => {
  const { outDir, output } = await buildPage('dynamic-import', vite8, 'legacy', {
    plugins: [legacy({ targets: ['chrome 64'] })],
  })
  expect(textsOf(output, '.js').some(([name]) => name.includes('-legacy'))).toBe(true)
  expect(instrumented(output).some(([name]) => !name.includes('-legacy'))).toBe(true)
  expect(instrumented(output).some(([name]) => name.includes('-legacy'))).toBe(false)
  await expectLoads(shared, outDir, { result: '42' })
})

test('@vitejs/plugin-legacy without modern chunks: what it made classic scripts of stays such', async () => {
  const { outDir, output } = await buildPage('dynamic-import', vite8, 'legacy-alone', {
    plugins: [legacy({ targets: ['chrome 64'], renderModernChunks: false })],
  })
  expect(instrumented(output).some(([name]) => name.includes('-legacy'))).toBe(true)
  await expectLoads(shared, outDir, { result: '42' })
})

const decompress = { '.gz': gunzipSync, '.br': brotliDecompressSync }

describe('compressed copies are of what ships', () => {
  const check = (output: Map<string, Buffer>, endings: (keyof typeof decompress)[]) => {
    const [[name, code]] = instrumented(output) as [[string, string]]
    for (const ending of endings) {
      const copy = output.get(name + ending)
      expect(copy, name + ending).toBeDefined()
      expect(decompress[ending](copy!).toString()).toBe(code)
    }
  }

  test.each([vite8, vite7])('vite-plugin-compression2 with $name', async (bundler) => {
    const plugins = [compression({ algorithms: ['gzip', 'brotliCompress'], logLevel: 'silent' })]
    const { output } = await buildPage('sql-js', bundler, 'compression', { plugins })
    check(output, ['.gz', '.br'])
  })
})

describe('Subresource Integrity is of what ships', () => {
  const check = (output: Map<string, Buffer>) => {
    const page = output.get('index.html')!.toString()
    const integrities = [...page.matchAll(/<(?:script|link)[^>]*>/g)].flatMap(([element]) => {
      const url = /(?:src|href)="?([^"\s>]+)/.exec(element)
      const integrity = /integrity="?(sha\d+)-([^"\s>]+)/.exec(element)
      return url && integrity ? [[url[1]!, integrity[1]!, integrity[2]!] as const] : []
    })
    expect(integrities.length).toBeGreaterThan(0)
    for (const [url, algorithm, value] of integrities) {
      const bytes = output.get(url.replace(/^\.?\//, ''))!
      expect(createHash(algorithm).update(bytes).digest('base64'), url).toBe(value)
    }
  }

  test.each([vite8, vite7])('vite-plugin-sri3 with $name', async (bundler) => {
    const { outDir, output } = await buildPage('new-url', bundler, 'sri', {
      plugins: [sri()],
    })
    check(output)
    await expectLoads(shared, outDir, { result: '42' })
  })

  test('vite-plugin-sri3 and vite-plugin-compression2, whose copies are of the page as it ships', async () => {
    const plugins = [sri(), compression({ algorithms: ['gzip'], logLevel: 'silent', threshold: 0 })]
    const { output } = await buildPage('new-url', vite8, 'sri-compressed', { plugins })
    check(output)
    for (const [name, bytes] of output) {
      if (name.endsWith('.gz')) expect(gunzipSync(bytes), name).toEqual(output.get(name.slice(0, -3)))
    }
  })

  test('webpack-subresource-integrity with webpack 5', async () => {
    const { outDir, output } = await buildPage('dynamic-import', webpack, 'sri', {
      output: { crossOriginLoading: 'anonymous' },
      plugins: [
        new HtmlWebpackPlugin({ template: 'index.html', minify: false }),
        new SubresourceIntegrityPlugin(),
      ],
    })
    check(output)
    await expectLoads(shared, outDir, { result: '42' })
  })
})
