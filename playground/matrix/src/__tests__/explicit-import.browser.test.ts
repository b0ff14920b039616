import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { makeWasm, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import { serveHere } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import wasmCos from '@wasm-cos/vite-plugin'
import * as vite8Module from 'vite'
import * as vite7Module from 'vite7'
import { describe, expect, onTestFinished, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import type { BuildRequest } from '../bundler.ts'
import { bundlers } from '../bundlers.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { vite7, vite8 } from '../bundlers/vite.ts'

// As Chromium has it.
const shared = shareBrowser(() => startCosHost({ methods: ['getFileHandle'], native: true }))

const works = { init: 42, instantiate: 42, compile: 42, wasmHash: 'algorithm,valuetrue' }

describe.each(bundlers)('$name', (bundler) => {
  async function build(style: string, label: string, request: Partial<BuildRequest> = {}): Promise<string> {
    const app = await prepareApp(style, bundler, label)
    const outDir = join(app, 'dist')
    await bundler.build({ app, outDir, ...request })
    await writePage(outDir, bundler.page)
    return outDir
  }

  test.each([
    ['minified', { minify: true }, works],
    ['not minified', { minify: false }, works],
    [
      'after a late optimiser, minified',
      { optimize: () => makeWasm(7) },
      { ...works, init: 7, instantiate: 7, compile: 7 },
    ],
    [
      'after a late optimiser, not minified',
      { optimize: () => makeWasm(7), minify: false },
      { ...works, init: 7, instantiate: 7, compile: 7 },
    ],
  ])('every export works, %s', async (label, request, expected) => {
    await shared.host.clear()
    const outDir = await build('cos-exports', label.replaceAll(/\W+/g, '-'), request)
    const html = withScript(shared.host.scriptUrl)
    const [a, b] = await Promise.all([serveHere(outDir, { html }), serveHere(outDir, { html })])

    const first = await visit(shared.tab, a.url)
    expect(JSON.parse(first.result)).toEqual(expected)
    await waitForEvents(first.page, 'store')

    const second = await visit(shared.tab, b.url)
    expect(JSON.parse(second.result)).toEqual(expected)
    expect(b.requested(/\.wasm(\?|$)/)).toEqual([])
  })

  test('works without Cross-Origin Storage, and where the server sends the wrong Content-Type', async () => {
    const outDir = await build('cos-exports', 'plain')
    const site = await serveHere(outDir, {
      headers: (path) => (path.endsWith('.wasm') ? { 'Content-Type': 'application/octet-stream' } : {}),
    })
    const { result, events } = await visit(shared.tab, site.url)
    expect(JSON.parse(result)).toEqual(works)
    expect(events).toEqual([])
  })

  test('works in a worker', async () => {
    const site = await serveHere(await build('cos-worker', 'app'))
    expect((await visit(shared.tab, site.url)).result).toBe('42')
  })
})

describe.each([
  { name: 'Vite 8', bundler: vite8, vite: vite8Module },
  { name: 'Vite 7', bundler: vite7, vite: vite7Module as unknown as typeof vite8Module },
])('the dev server of $name', ({ bundler, vite }) => {
  /** Opens an application on the dev server. */
  async function visitDev(app: string) {
    const page = '<pre id="result"></pre><script type="module" src="/main.js"></script>'
    await writeFile(join(app, 'index.html'), page)
    const server = await vite.createServer({
      root: app,
      configFile: false,
      logLevel: 'silent',
      plugins: [wasmCos()],
      server: { port: 0, hmr: false, ws: false },
    })
    await server.listen()
    onTestFinished(() => server.close())
    return visit(shared.tab, server.resolvedUrls!.local[0]!)
  }

  test('every export works', async () => {
    const { result, events } = await visitDev(await prepareApp('cos-exports', bundler, 'dev'))
    expect(JSON.parse(result)).toEqual(works)
    expect(events).toEqual([])
  })

  test('a worker imports it', async () => {
    expect((await visitDev(await prepareApp('cos-worker', bundler, 'dev'))).result).toBe('42')
  })

  test('the file of a dependency is found', async () => {
    const app = await prepareApp('cos-exports', bundler, 'dev-dependency')
    const main = `import { compile } from 'sql.js/dist/sql-wasm.wasm?cos'
import { show } from './show.js'

show(WebAssembly.Module.exports(await compile()).length > 9)
`
    await writeFile(join(app, 'main.js'), main)
    expect((await visitDev(app)).result).toBe('true')
  })
})

test.each(['iife', 'cjs'])('esbuild: every export works in a classic script of format %s', async (format) => {
  const app = await prepareApp('cos-exports', esbuild, format)
  const main = await readFile(join(app, 'main.js'), 'utf8')
  // These formats have no top-level await.
  const [imports, rest] = main.split('/** Has a worker')
  await writeFile(join(app, 'main.js'), `${imports}void (async () => { /** Has a worker${rest} })()`)
  const outDir = join(app, 'dist')
  await esbuild.build({ app, outDir, overrides: { format, splitting: false } })
  await writePage(outDir, 'classic')
  const site = await serveHere(outDir)
  expect(JSON.parse((await visit(shared.tab, site.url)).result)).toEqual(works)
})
