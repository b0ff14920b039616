import { join } from 'node:path'
import { type CosHost, startCosHost } from '@wasm-cos/cos-host'
import { launch, makeWasm, serve, sha256, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import { bundlers } from '../bundlers.ts'

declare global {
  interface Window {
    run(name: string): Promise<unknown>
  }
}

/** Ways to say the global `fetch`, all of which find the stored file. */
const ours = [
  'plain',
  'window',
  'quoted',
  'request',
  'urlObject',
  'call',
  'apply',
  'bound',
  'shorthand',
  'passed',
  'optional',
]

/** What only looks like it. */
const notOurs = {
  parameter: 'parameter true',
  let: 'let',
  imported: 'imported true',
  moduleLevel: 'hoisted x',
  hoisted: 'assigned y',
  typeof: 'function',
  comparison: true,
}

describe.each(bundlers)('$name', (bundler) => {
  let browser: Browser
  let host: CosHost
  let site: Awaited<ReturnType<typeof serve>>
  let elsewhere: Awaited<ReturnType<typeof serve>>
  let page: Page

  beforeAll(async () => {
    browser = await launch()
    host = await startCosHost()
    const app = await prepareApp('fetches', bundler)
    const outDir = join(app, 'dist')
    await bundler.build({ app, outDir })
    await writePage(outDir, bundler.page)
    site = await serve(outDir, { html: withScript(host.scriptUrl) })
    elsewhere = await serve(outDir, { headers: () => ({ 'Access-Control-Allow-Origin': '*' }) })
    const context = await browser.newContext()
    page = (await visit(context, `${site.url}?elsewhere=${elsewhere.url.slice(0, -1)}`)).page
    expect(await run('plain')).toBe(42)
    await waitForEvents(page, 'store')
    site.forget()
  })

  afterAll(async () => {
    await browser?.close()
    await Promise.all([host, site, elsewhere].map((server) => server?.close()))
  })

  const run = (name: string) => page.evaluate((name) => window.run(name), name)

  test.each(ours)('%s is answered from Cross-Origin Storage', async (name) => {
    site.forget()
    expect(await run(name)).toBe(42)
    expect(site.requests).toEqual([])
  })

  test.each(Object.entries(notOurs))('%s is left as it is', async (name, result) => {
    site.forget()
    expect(await run(name)).toBe(result)
    expect(site.requests).toEqual([])
  })

  test.each([
    ['noStore', 42],
    ['reload', 42],
    ['post', expect.any(Number)],
  ])('%s goes to the network', async (name, result) => {
    site.forget()
    expect(await run(name)).toEqual(result)
    expect(site.requested(/\.wasm(\?|$)/)).toHaveLength(1)
  })

  test('another origin with the same file name is asked itself', async () => {
    elsewhere.forget()
    expect(await run('elsewhere')).toBe(42)
    expect(elsewhere.requested(/\.wasm(\?|$)/)).toHaveLength(1)
  })

  test('a page that patched fetch sees the requests that reach the network', async () => {
    await host.clear()
    await page.evaluate(() => {
      const original = window.fetch
      window.fetch = (...args) => {
        document.documentElement.dataset.seen = String(args[0])
        return original(...args)
      }
    })
    site.forget()
    expect(await run('plain')).toBe(42)
    expect(site.requested(/\.wasm(\?|$)/)).toHaveLength(1)
    expect(await page.evaluate(() => document.documentElement.dataset.seen)).toMatch(/answer.*\.wasm$/)
    // Once before the first test, and now.
    await waitForEvents(page, 'store', 2)
  })

  test('a chunk that patches fetch itself loads once', async () => {
    const app = await prepareApp('fetch-wrapper', bundler)
    const outDir = join(app, 'dist')
    await bundler.build({ app, outDir })
    await writePage(outDir, bundler.page)
    await host.clear()
    const site = await serve(outDir, { html: withScript(host.scriptUrl) })
    const first = await visit(page.context(), site.url)
    expect(first.result).toBe('42, saw 1')
    await waitForEvents(first.page, 'store')
    expect(site.requested(/\.wasm(\?|$)/)).toHaveLength(1)
    expect((await visit(page.context(), site.url)).result).toBe('42, saw 0')
    await site.close()
  })

  test('bytes of another module under the hash never run', async () => {
    await host.plant(sha256(makeWasm(42)), makeWasm(13), { origins: '*' })
    site.forget()
    expect(await run('plain')).toBe(42)
    expect(site.requested(/\.wasm(\?|$)/)).toHaveLength(1)
  })
})
