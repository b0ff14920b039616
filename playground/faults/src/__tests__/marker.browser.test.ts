import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import { launch, readEvents, waitForEvents } from '@wasm-cos/harness'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { instrument, loaderCode } from '../instrumented.ts'
import { html, send, startServer, type Route, type Server } from '../server.ts'
import { other, right, sha256 } from '../site.ts'

// A returning visitor: the HTTP cache is asked first where a marker in the Cache API says that it has the file.

const url = '/assets/answer.wasm'

const tagOf = (bytes: Uint8Array): string => `"${sha256(bytes)}"`

/** A file that caches keep and ask the server about, unless they are told not to. */
const revalidated =
  (bytes: () => Uint8Array): Route =>
  (request, response) => {
    const ETag = tagOf(bytes())
    if (request.headers['if-none-match'] === ETag) response.writeHead(304, { ETag }).end()
    else send('application/wasm', bytes(), { 'Cache-Control': 'no-cache', ETag })(request, response)
  }

/** A service worker that answers from any cache, and keeps what it had to fetch. */
const cacheFirst = `
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => event.respondWith(answer(event.request)))
async function answer(request) {
  const cached = await caches.match(request)
  if (cached) return cached
  const response = await fetch(request)
  if (response.ok && request.url.endsWith('.wasm')) await (await caches.open('app')).put(request, response.clone())
  return response
}`

let host: CosHost
let server: Server
let browser: Browser
let context: BrowserContext
let served = right
beforeAll(async () => {
  host = await startCosHost()
  const script = (code: string): Route => send('text/javascript', code)
  server = await startServer({
    '/': html(host.scriptUrl, '/loader.js'),
    '/plain': html('/plain.js'),
    '/next': html(host.scriptUrl, '/next.js'),
    '/hasty': html(host.scriptUrl, '/hasty.js'),
    '/integrity': html(host.scriptUrl, '/integrity.js'),
    // A busy machine may take its time, but for what hangs.
    '/loader.js': script(instrument(loaderCode, 'script', { lookupTimeout: 10_000 })),
    '/plain.js': script(loaderCode),
    // Under other names than the build gave them: the public URL says where the files are.
    '/next.js': script(instrument(loaderCode, 'script', { lookupTimeout: 10_000 }, '/', other)),
    '/hasty.js': script(instrument(loaderCode, 'script', { lookupTimeout: 2000 }, '/')),
    '/integrity.js': script(
      instrument(loaderCode, 'script', { integrity: true, lookupTimeout: 10_000 }, '/'),
    ),
    '/bare': html(),
    '/worker.js': script(
      `importScripts('${host.scriptUrl}');${instrument(loaderCode, 'script', { lookupTimeout: 10_000 }, '/')}
loader.loadStreaming('${url}').then((answer) =>
  postMessage([answer, ...performance.getEntriesByType('measure').map(({ name }) => name)]))`,
    ),
    '/service-worker.js': script(cacheFirst),
    '/assets/': revalidated(() => served),
  })
  browser = await launch()
})
beforeEach(async () => {
  served = right
  server.requested.length = 0
  await host.clear()
  context = await browser.newContext()
})
afterEach(() => context.close())
afterAll(async () => {
  await browser.close()
  await Promise.all([server.close(), host.close()])
})

interface Visit {
  answer: number
  events: string[]
  console: string[]
}

interface Visitor {
  prepare?: (() => void) | undefined
  /** What the marker says in the end, or that there is none. The page stays open until then: it writes nothing once it is closed. */
  leaves?: Uint8Array | null
}

/** Opens a page, loads the module, and waits for a store that is under way. */
async function visit(path = '/', { prepare, leaves }: Visitor = {}): Promise<Visit> {
  const page = await context.newPage()
  const printed: string[] = []
  page.on('console', (message) => {
    // The host's word on the Public Hash List.
    if (message.type() !== 'info') printed.push(message.text())
  })
  page.on('pageerror', (error) => printed.push(String(error)))
  if (prepare !== undefined) await page.addInitScript(prepare)
  await page.goto(server.origin + path)
  const answer = await page.evaluate((url) => loader.loadStreaming(url), url)
  if ((await types(page)).includes('miss')) await waitForEvents(page, 'store')
  const seen = { answer, events: await types(page), console: printed }
  if (leaves !== undefined) await waitForMarker(page, leaves)
  await page.close()
  return seen
}

const types = async (page: Page): Promise<string[]> =>
  (await readEvents(page)).map(({ type, reason }) => [type, reason].filter(Boolean).join(' '))

/** How often the server was asked for the module. */
const requests = (): number => server.requested.filter((path) => path === url).length

/** Waits until the marker of the module's URL is that of these bytes, or until there is none. */
async function waitForMarker(page: Page, bytes: Uint8Array | null): Promise<void> {
  await page.waitForFunction(
    async ({ key, text }) => {
      if (!(await caches.has('wasm-cos'))) return text === null
      // `caches.match` says nothing of a cache that it cannot read.
      const marker = await (await caches.open('wasm-cos')).match(key)
      return (marker === undefined ? null : await marker.text()) === text
    },
    {
      key: `https://wasm-cos.invalid/?${server.origin}${url}`,
      text: bytes && sha256(bytes) + tagOf(bytes),
    },
  )
}

/** Waits for a marker in a page of its own. */
async function marked(bytes: Uint8Array | null): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${server.origin}/plain`)
  await waitForMarker(page, bytes)
  await page.close()
}

/** The first visit of this origin. */
async function download(path = '/'): Promise<void> {
  expect(await visit(path, { leaves: right })).toEqual({ answer: 42, events: ['miss', 'store'], console: [] })
  expect(requests()).toBe(1)
}

const cached = { answer: 42, events: ['cached'], console: [] }
const hit = { answer: 42, events: ['hit'], console: [] }

test.each(['/', '/integrity'])('%s: who returns gets the file from the HTTP cache', async (path) => {
  await download(path)
  expect(await visit(path)).toEqual(cached)
  expect(requests()).toBe(1)
})

test('a worker that returns gets the file from the HTTP cache', async () => {
  await download()
  const page = await context.newPage()
  await page.goto(`${server.origin}/bare`)
  const told = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new Worker('/worker.js').addEventListener('message', ({ data }) => resolve(data))
      }),
  )
  expect(told).toEqual([42, 'wasm-cos:cached'])
  expect(requests()).toBe(1)
})

test('who has the file from another site asks the storage, and nobody else', async () => {
  await host.plant(sha256(right), right, { origins: '*' })
  expect(await visit()).toEqual(hit)
  await marked(null)
  expect(requests()).toBe(0)
})

describe('a Cache API that', () => {
  const faults: [string, () => void][] = [
    ['is absent', () => Object.defineProperty(globalThis, 'caches', { value: undefined })],
    [
      'throws',
      () =>
        Object.defineProperty(globalThis, 'caches', {
          get() {
            throw new DOMException('no', 'SecurityError')
          },
        }),
    ],
    [
      'rejects',
      () => {
        const fail = async (): Promise<never> => Promise.reject(new DOMException('no', 'SecurityError'))
        Object.assign(CacheStorage.prototype, { match: fail, open: fail })
      },
    ],
    [
      'hangs',
      () => {
        const hang = (): Promise<never> => new Promise(() => {})
        Object.assign(CacheStorage.prototype, { match: hang, open: hang })
      },
    ],
    [
      'is full',
      () => {
        const fail = async (): Promise<never> =>
          Promise.reject(new DOMException('full', 'QuotaExceededError'))
        Object.assign(Cache.prototype, { put: fail })
      },
    ],
  ]
  test.each(faults)('%s costs nothing but the marker', async (name, fault) => {
    // Only what hangs is waited for.
    const path = name === 'hangs' ? '/hasty' : '/'
    expect(await visit(path, { prepare: fault })).toEqual({
      answer: 42,
      events: ['miss', 'store'],
      console: [],
    })
    await marked(null)
    expect(await visit(path, { prepare: fault })).toEqual(hit)
    expect(requests()).toBe(1)
    // A marker from before, that cannot be read any more.
    await host.clear()
    await visit('/', { leaves: right })
    expect(await visit(path, { prepare: fault })).toEqual(name === 'is full' ? cached : hit)
  })
})

test('a marker that was cleared is not missed', async () => {
  await download()
  const page = await context.newPage()
  await page.goto(`${server.origin}/plain`)
  await page.evaluate(() => caches.delete('wasm-cos'))
  await page.close()
  expect(await visit()).toEqual(hit)
  expect(requests()).toBe(1)
})

test('an HTTP cache that has lost the file: the storage answers, and the marker is forgotten', async () => {
  await download()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await page.close()
  const { answer, events } = await visit('/', { leaves: null })
  expect({ answer, events }).toEqual({ answer: 42, events: ['hit'] })
  expect(await visit()).toEqual(hit)
  expect(requests()).toBe(1)
})

test('another file at the same URL: the newer page gets the newer file, the older one its own', async () => {
  await download()
  served = other
  expect(await visit('/next', { leaves: other })).toEqual({
    answer: 13,
    events: ['miss', 'store'],
    console: [],
  })
  expect(await visit('/next')).toEqual({ ...cached, answer: 13 })
  expect(await visit()).toEqual(hit)
  expect(requests()).toBe(2)
})

test.each<[string, string, (() => void) | undefined]>([
  ['without the stub', '/plain', undefined],
  [
    'that could not store it',
    '/next',
    () => {
      const fail = async (): Promise<never> => Promise.reject(new DOMException('full', 'QuotaExceededError'))
      Object.assign(LockManager.prototype, { request: fail })
    },
  ],
])('a release that was taken back, seen by a page %s, is not shown again', async (_, path, prepare) => {
  await download()
  served = other
  const page = await context.newPage()
  if (prepare !== undefined) await page.addInitScript(prepare)
  await page.goto(server.origin + path)
  expect(await page.evaluate((url) => loader.loadStreaming(url), url)).toBe(13)
  if (prepare !== undefined) await waitForEvents(page, 'error')
  await page.close()
  served = right
  expect(await visit('/', { leaves: null })).toEqual(hit)
})

test('a page with a cache-first service worker shows what it showed', async () => {
  await download()
  const page = await context.newPage()
  await page.goto(`${server.origin}/plain`)
  await page.evaluate(async () => {
    const controlled = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve),
    )
    await navigator.serviceWorker.register('/service-worker.js')
    await controlled
  })
  const describeResponse = (path: string) =>
    page.goto(server.origin + path).then(() => page.evaluate((url) => loader.describeResponse(url), url))
  const plain = JSON.parse(await describeResponse('/plain'))
  await host.clear()
  const [seen, , text] = JSON.parse(await describeResponse('/'))
  expect([seen.status, text]).toEqual([plain[0].status, plain[2]])
  await waitForEvents(page, 'store')
  await page.close()
  // The worker goes first, or the storage: nobody asks the HTTP cache past it.
  expect(await visit()).toEqual(hit)
  expect(await visit('/plain')).toEqual({ answer: 42, events: [], console: [] })
})
