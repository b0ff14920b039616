import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { makeWasm, resultOf, serve, sha256, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import { vite8 } from '../bundlers/vite.ts'

const shared = shareBrowser(() => startCosHost())

describe('what only watches goes on, on a miss and on a hit', () => {
  type Site = Awaited<ReturnType<typeof serve>>
  let plain: Site
  let first: Site
  let second: Site

  beforeAll(async () => {
    const app = await prepareApp('wrapped-fetch', vite8)
    await mkdir(join(app, 'public'))
    const msw = dirname(createRequire(import.meta.url).resolve('msw/package.json'))
    await copyFile(join(msw, 'lib/mockServiceWorker.js'), join(app, 'public/mockServiceWorker.js'))
    const outDir = join(app, 'dist')
    const { warnings } = await vite8.build({ app, outDir })
    expect(warnings.filter((text) => /Cross-Origin Storage/.test(text))).toEqual([])
    await writePage(outDir, vite8.page)
    const html = withScript(shared.host.scriptUrl)
    ;[plain, first, second] = await Promise.all([
      serve(outDir),
      serve(outDir, { html }),
      serve(outDir, { html }),
    ])
  })

  afterAll(() => Promise.all([plain, first, second].map((site) => site?.close())))

  // What each sees of the one request: without Cross-Origin Storage, and on a miss.
  test.each([
    ['nothing', 'nothing more', [0, 0]],
    ['zone', 'watching', [1, 1]],
    ['sentry', 'nothing more', [1, 1]],
    ['msw', 'mocked', [1, 1]],
    ['polyfill', 'nothing more', [0, 0]],
  ])('%s', async (name, more, sees) => {
    await shared.host.clear()
    for (const site of [plain, first, second]) site.forget()
    const results = []
    const context = await shared.browser.newContext()
    for (const site of [plain, first, second]) {
      const { page, result } = await visit(context, `${site.url}?with=${name}`)
      if (site === first) await waitForEvents(page, 'store')
      results.push([result, site.requested(/\.wasm$/).length])
      await page.close()
    }
    await context.close()
    expect(results).toEqual([
      [`42,saw ${sees[0]},${more}`, 1],
      [`42,saw ${sees[1]},${more}`, 1],
      [`42,saw 0,${more}`, 0],
    ])
  })

  test('zone.js sees the request in its zone also where the storage never answers', async () => {
    plain.forget()
    const context = await shared.browser.newContext()
    await context.clock.install()
    await context.addInitScript(() => {
      const getFileHandle = () => {
        document.documentElement.dataset.asked = ''
        return new Promise(() => {})
      }
      Object.defineProperty(navigator, 'crossOriginStorage', { value: { getFileHandle } })
    })
    const page = await context.newPage()
    const result = await resultOf(page, async () => {
      await page.goto(`${plain.url}?with=zone`)
      await page.waitForSelector('html[data-asked]', { state: 'attached' })
      // Longer than any lookup may take.
      await context.clock.fastForward(100_000)
    })
    expect([result, plain.requested(/\.wasm$/).length]).toEqual(['42,saw 1,watching', 1])
    await context.close()
  })
})

test('what answers in its own way is left to it, and the build says so', async () => {
  const app = await prepareApp('replaced-fetch', vite8)
  await writeFile(join(app, 'chosen.wasm'), makeWasm(56))
  const outDir = join(app, 'dist')
  const { warnings } = await vite8.build({ app, outDir })
  expect(warnings).toEqual([
    expect.stringMatching(/Cross-Origin Storage: .*worker-.*\.js replaces the global fetch/),
  ])
  await writePage(outDir, vite8.page)
  const script = await (await fetch(shared.host.scriptUrl)).text()
  const site = await serve(outDir, { html: withScript(shared.host.scriptUrl), workers: script })
  const context = await shared.browser.newContext()
  for (const isStored of [false, true]) {
    await shared.host.clear()
    for (const answer of isStored ? [42, 56] : []) {
      await shared.host.plant(sha256(makeWasm(answer)), makeWasm(answer), { origins: '*' })
    }
    expect((await visit(context, site.url)).result).toBe('56')
  }
  await context.close()
  await site.close()
})
