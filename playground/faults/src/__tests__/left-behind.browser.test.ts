import { startCosHost } from '@wasm-cos/cos-host'
import { readEvents, waitForEvents } from '@wasm-cos/harness'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { instrument, loaderCode } from '../instrumented.ts'
import { html, send, startServer, type Server } from '../server.ts'
import { right, sha256 } from '../site.ts'

// What is left once a load is over, and of a load that never ends: no timer, no bytes, nothing in the storage.

/** What the page of these tests watches: the script below sets it. */
interface Watched {
  timers: Set<unknown>
  buffers: WeakRef<ArrayBuffer>[]
}

/** Watches the timers of a page and the buffers that come from files. */
const watch = `
const { setTimeout, clearTimeout, Blob } = globalThis
const { arrayBuffer } = Blob.prototype
const watched = { timers: new Set(), buffers: [] }
Object.assign(globalThis, {
  watched,
  setTimeout: (callback, ...args) => {
    const timer = setTimeout((...given) => {
      watched.timers.delete(timer)
      callback(...given)
    }, ...args)
    watched.timers.add(timer)
    return timer
  },
  clearTimeout: (timer) => {
    watched.timers.delete(timer)
    clearTimeout(timer)
  },
})
Blob.prototype.arrayBuffer = async function () {
  const buffer = await arrayBuffer.call(this)
  watched.buffers.push(new WeakRef(buffer))
  return buffer
}`

const url = '/assets/answer.wasm'

const shared = shareBrowser(() => startCosHost())
let server: Server
let context: BrowserContext
/** What ends the answers that are still open. */
let open: (() => void)[] = []
beforeAll(async () => {
  const { host } = shared
  const scripts = ['/watch.js', '/loader.js']
  server = await startServer({
    '/': html(host.scriptUrl, ...scripts),
    '/native': html(`${host.scriptUrl}?native`, ...scripts),
    '/hanging': html(`${host.scriptUrl}?faults=${encodeURIComponent('{"write":{"hang":true}}')}`, ...scripts),
    '/watch.js': send('text/javascript', watch),
    '/loader.js': send('text/javascript', instrument(loaderCode, 'script', {}, '/')),
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

const watchedIn = (page: Page) =>
  page.evaluate(() => {
    const { timers, buffers } = (globalThis as unknown as { watched: Watched }).watched
    return { timers: timers.size, bytes: buffers.filter((buffer) => buffer.deref() !== undefined).length }
  })

/** Collects garbage until the page holds no bytes any more. */
async function expectNothingLeft(page: Page): Promise<void> {
  expect((await watchedIn(page)).timers).toBe(0)
  await expect
    .poll(
      async () => {
        await page.requestGC()
        return watchedIn(page)
      },
      { timeout: 60_000 },
    )
    .toEqual({ timers: 0, bytes: 0 })
}

describe.each(['/', '/native'])('a load, %s', (path) => {
  test.each(['loadStreaming', 'loadBuffer'] as const)(
    '%s: after a miss, its store and a hit',
    async (load) => {
      for (const event of ['store', 'hit']) {
        const page = await openPage(path)
        expect(await page.evaluate(({ load, url }) => loader[load](url), { load, url })).toBe(42)
        await waitForEvents(page, event)
        await expectNothingLeft(page)
        await page.close()
      }
    },
  )
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
