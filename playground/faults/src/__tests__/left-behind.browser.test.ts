import { startCosHost } from '@wasm-cos/cos-host'
import { readEvents, waitForEvents } from '@wasm-cos/harness'
import { countTimers, type Held, heldIn } from '@wasm-cos/harness/held'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { instrument, loaderCode } from '../instrumented.ts'
import { html, send, startServer, type Server } from '../server.ts'
import { right, sha256 } from '../site.ts'

// What is left once a load is over, and of a load that never ends: no timer, no bytes, nothing in the storage.

const url = '/assets/answer.wasm'

const shared = shareBrowser(() => startCosHost())
let server: Server
let context: BrowserContext
/** What ends the answers that are still open. */
let open: (() => void)[] = []
beforeAll(async () => {
  const { host } = shared
  const scripts = ['/timers.js', '/loader.js']
  server = await startServer({
    '/': html(host.scriptUrl, ...scripts),
    '/native': html(`${host.scriptUrl}?native`, ...scripts),
    '/hanging': html(`${host.scriptUrl}?faults=${encodeURIComponent('{"write":{"hang":true}}')}`, ...scripts),
    '/timers.js': send('text/javascript', countTimers),
    '/loader.js': send('text/javascript', instrument(loaderCode, 'script', {}, '/')),
    '/cacheable': html(host.scriptUrl, '/timers.js', '/cacheable.js'),
    '/cacheable.js': send('text/javascript', instrument(loaderCode, 'script', {}, '/cacheable/')),
    '/cacheable/': send('application/wasm', right, { 'Cache-Control': 'no-cache' }),
    '/assets/': (request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/wasm', 'Cache-Control': 'no-store' })
      if (!request.url!.endsWith('?open')) response.end(right)
      else response.write(right.slice(0, 20), () => open.push(() => response.destroy()))
    },
  })
})
beforeEach(async () => {
  await shared.host.clear()
  context = await shared.browser.newContext()
})
afterEach(async () => {
  for (const end of open.splice(0)) end()
  await context.close()
})
afterAll(() => server.close())

async function openPage(path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.origin + path)
  return page
}

/** Waits until a page holds no more than it did before. */
async function expectNothingLeft(page: Page, before: Held): Promise<void> {
  await expect.poll(() => heldIn(page), { timeout: 60_000 }).toEqual(before)
}

describe.each(['/', '/native'])('a load, %s', (path) => {
  test.each(['loadStreaming', 'loadBuffer'] as const)(
    '%s: after a miss, its store and a hit',
    async (load) => {
      for (const event of ['store', 'hit']) {
        const page = await openPage(path)
        const before = await heldIn(page)
        expect(before.timers).toBe(0)
        expect(await page.evaluate(({ load, url }) => loader[load](url), { load, url })).toBe(42)
        await waitForEvents(page, event)
        await expectNothingLeft(page, before)
        await page.close()
      }
    },
  )
})

test.each(['/', '/native'])(
  'a signal that lives on does not hold what was loaded with it, %s',
  async (path) => {
    for (const event of ['store', 'hit']) {
      const page = await openPage(path)
      const signal = await page.evaluateHandle(
        () => Object.assign(globalThis, { signal: new AbortController().signal }).signal,
      )
      const before = await heldIn(page)
      expect(
        await page.evaluate(({ url, signal }) => loader.loadStreaming(url, { signal }), { url, signal }),
      ).toBe(42)
      await waitForEvents(page, event)
      await expectNothingLeft(page, before)
      await page.close()
    }
  },
)

test('who returns holds nothing of what came from the HTTP cache', async () => {
  const first = await openPage('/cacheable')
  await first.evaluate((url) => loader.loadStreaming(url), '/cacheable/assets/answer.wasm')
  await waitForEvents(first, 'store')
  await first.waitForFunction(async () => (await (await caches.open('wasm-cos')).keys()).length === 1)
  await first.close()
  const page = await openPage('/cacheable')
  const before = await heldIn(page)
  expect(await page.evaluate((url) => loader.loadStreaming(url), '/cacheable/assets/answer.wasm')).toBe(42)
  expect((await readEvents(page)).map(({ type }) => type)).toEqual(['cached'])
  await expectNothingLeft(page, before)
})

describe('a page that is closed in the middle leaves nothing in the storage, and the next one stores', () => {
  async function expectNothingStored(): Promise<void> {
    expect(shared.host.entries()).toEqual([])
    const page = await openPage('/')
    expect(await page.evaluate((url) => loader.loadStreaming(url), url)).toBe(42)
    await waitForEvents(page, 'store')
    expect((await readEvents(page)).map(({ type }) => type)).toEqual(['miss', 'store'])
    expect(shared.host.entries().map(({ hash }) => hash)).toEqual([sha256(right)])
  }

  test('of its download', async () => {
    const page = await openPage('/')
    await page.evaluate((url) => void loader.loadBuffer(url).catch(() => {}), `${url}?open`)
    await waitForEvents(page, 'miss')
    await expect.poll(() => open.length).toBe(1)
    await page.close()
    await expectNothingStored()
  })

  test('of its store', async () => {
    const page = await openPage('/hanging')
    expect(await page.evaluate((url) => loader.loadStreaming(url), url)).toBe(42)
    // Stores of other pages wait for its lock.
    await page.waitForFunction(async () =>
      (await navigator.locks.query()).held?.some(({ name }) => name === 'wasm-cos'),
    )
    await page.close()
    await expectNothingStored()
  })
})
