import { join } from 'node:path'
import { type CosHost, startCosHost } from '@wasm-cos/cos-host'
import { launch, serve, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import type { BuildRequest } from '../bundler.ts'
import { bundlers } from '../bundlers.ts'
import { makeWasm } from '../wasm.ts'

let browser: Browser
let host: CosHost

beforeAll(async () => {
  browser = await launch()
  host = await startCosHost()
})

afterAll(async () => {
  await browser?.close()
  await host?.close()
})

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
    await host.clear()
    const outDir = await build('cos-exports', label.replaceAll(/\W+/g, '-'), request)
    const html = withScript(host.scriptUrl)
    const [a, b] = await Promise.all([serve(outDir, { html }), serve(outDir, { html })])
    const context = await browser.newContext()

    const first = await visit(context, a.url)
    expect(JSON.parse(first.result)).toEqual(expected)
    await waitForEvents(first.page, 'store')

    const second = await visit(context, b.url)
    expect(JSON.parse(second.result)).toEqual(expected)
    expect(b.requested(/\.wasm(\?|$)/)).toEqual([])

    await context.close()
    await Promise.all([a.close(), b.close()])
  })

  test('works without Cross-Origin Storage, and where the server sends the wrong Content-Type', async () => {
    const outDir = await build('cos-exports', 'plain')
    const site = await serve(outDir, {
      headers: (path) => (path.endsWith('.wasm') ? { 'Content-Type': 'application/octet-stream' } : {}),
    })
    const context = await browser.newContext()
    const { result, events } = await visit(context, site.url)
    expect(JSON.parse(result)).toEqual(works)
    expect(events).toEqual([])
    await context.close()
    await site.close()
  })

  test('works in a worker', async () => {
    const site = await serve(await build('cos-worker', 'app'))
    const context = await browser.newContext()
    expect((await visit(context, site.url)).result).toBe('42')
    await context.close()
    await site.close()
  })
})
