import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import type { WasmCosOptions } from '@wasm-cos/core'
import { launch, readEvents, waitForEvents } from '@wasm-cos/harness'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { instrument, loaderCode } from '../instrumented.ts'
import { html, send, startServer, type Route, type Server } from '../server.ts'
import { other, right, sha256 } from '../site.ts'

const wasm = 'application/wasm'

/** What a network can do, by the first folder of the path. */
const behaviours: Record<string, Route> = {
  '/right/': send(wasm, right),
  '/404/': send('text/html', '<!doctype html>', {}, 404),
  '/500/': send(wasm, right, {}, 500),
  '/206/': send(wasm, right.slice(0, 10), { 'Content-Range': `bytes 0-9/${right.length}` }, 206),
  '/204/': send(wasm, '', {}, 204),
  '/redirect/': (_, response) => response.writeHead(302, { Location: '/right/assets/answer.wasm' }).end(),
  '/redirect-to-html/': (_, response) =>
    response.writeHead(302, { Location: '/html/assets/answer.wasm' }).end(),
  '/redirect-loop/': (request, response) => response.writeHead(302, { Location: request.url }).end(),
  '/short/': (_, response) => {
    response.writeHead(200, { 'Content-Type': wasm, 'Content-Length': right.length })
    response.write(right.slice(0, 20), () => response.destroy())
  },
  '/chunked-short/': (_, response) => {
    response.writeHead(200, { 'Content-Type': wasm })
    response.write(right.slice(0, 20), () => response.destroy())
  },
  '/reset/': (_, response) => response.destroy(),
  '/empty/': send(wasm, ''),
  '/other/': send(wasm, other),
  '/html/': send('text/html', right),
  '/octets/': send('application/octet-stream', right),
  '/parameters/': send('application/wasm; charset=utf-8', right),
  '/untyped/': (_, response) => response.writeHead(200, { 'Cache-Control': 'no-store' }).end(right),
  '/spa/': send('text/html', '<!doctype html><title>Not found</title>'),
}
/** The ones where a wrong type is all that is wrong: streaming works with us. */
const wronglyTyped = new Set(['/html/', '/octets/', '/parameters/', '/untyped/', '/redirect-to-html/'])

/** A route by what stands behind the question mark: the public URL of the build that a page belongs to. */
const withQuery =
  (routeOf: (query: string) => Route): Route =>
  (request, response) =>
    routeOf(request.url!.split('?')[1] ?? '/')(request, response)

/** The script of a build that is served from this URL. */
const built = (options: WasmCosOptions, publicUrl = '/'): Route =>
  send('text/javascript', instrument(loaderCode, 'script', options, publicUrl))

let host: CosHost
let server: Server
let elsewhere: Server
let browser: Browser
let context: BrowserContext
/** A page without the stub, for all comparisons, and a tab for pages with it, one after the other. */
let plain: Page
let tab: Page
beforeAll(async () => {
  host = await startCosHost()
  elsewhere = await startServer({
    '/cors/': send(wasm, right, { 'Access-Control-Allow-Origin': '*' }),
    '/no-cors/': send(wasm, right),
  })
  server = await startServer({
    ...behaviours,
    '/plain': html(host.scriptUrl, '/loader.js'),
    '/cos': withQuery((query) => html(host.scriptUrl, `/instrumented.js?${query}`)),
    '/integrity': withQuery((query) => html(host.scriptUrl, `/integrity.js?${query}`)),
    '/integrity-alone': withQuery((query) => html(`/integrity.js?${query}`)),
    '/loader.js': send('text/javascript', loaderCode),
    '/instrumented.js': withQuery((query) => built({}, query)),
    '/integrity.js': withQuery((query) => built({ integrity: true }, query)),
  })
  browser = await launch()
  context = await browser.newContext()
  plain = await open('/plain')
  tab = await context.newPage()
})
afterEach(() => host.clear())
afterAll(async () => {
  await browser.close()
  await Promise.all([server.close(), elsewhere.close(), host.close()])
})

async function open(path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.origin + path)
  return page
}

type Caller = 'loadStreaming' | 'loadBuffer' | 'describeResponse'

/** What a page sees: an answer or an error. */
function load(page: Page, caller: Caller, url: string, init?: RequestInit): Promise<string> {
  return page.evaluate(({ caller, url, init }) => loader[caller](url, init).then(String, String), {
    caller,
    url,
    init,
  })
}

const reasons = async (page: Page): Promise<string[]> =>
  (await readEvents(page)).map(({ type, reason }) => [type, reason].filter(Boolean).join(' '))

const isError = (seen: string): boolean => /^\w*Error:/.test(seen)

/** Browsers tell in various words how a connection broke. */
const withoutDetails = (seen: string): string => seen.replace(/(Network error): .*/, '$1')

describe.each(Object.keys(behaviours))('%s', (folder) => {
  const url = `${folder}assets/answer.wasm`

  test.each<Caller>(['loadStreaming', 'loadBuffer', 'describeResponse'])(
    '%s sees what plain fetch shows',
    async (caller) => {
      await tab.goto(`${server.origin}/cos?${folder}`)
      const [expected, seen] = [await load(plain, caller, url), await load(tab, caller, url)]
      if (folder === '/spa/') expect(isError(seen)).toBe(isError(expected))
      else if (!wronglyTyped.has(folder)) expect(withoutDetails(seen)).toBe(withoutDetails(expected))
      else if (caller !== 'describeResponse') expect(seen).toBe('42')
      else
        expect(JSON.parse(seen)[0]).toMatchObject({ url: JSON.parse(expected)[0].url, ok: true, status: 200 })

      // A store, or the report that there is none, comes after the page has what it asked for.
      const isStored = folder === '/right/' || folder === '/redirect/' || wronglyTyped.has(folder)
      const isReported = !['/404/', '/500/', '/redirect-loop/', '/reset/'].includes(folder)
      if (isReported) await waitForEvents(tab, isStored ? 'store' : 'error')
      expect(host.entries().map(({ hash }) => hash)).toEqual(isStored ? [sha256(right)] : [])
    },
  )
})

test.each(['cors', 'no-cors'])('a CDN with %s', async (folder) => {
  const url = `${elsewhere.origin}/${folder}/assets/answer.wasm`
  const [plain, cos] = [await open('/plain'), await open(`/cos?${elsewhere.origin}/${folder}/`)]
  expect(await load(cos, 'describeResponse', url)).toBe(await load(plain, 'describeResponse', url))
  if (folder === 'cors') await waitForEvents(cos, 'store')
  expect(host.entries()).toHaveLength(folder === 'cors' ? 1 : 0)
})

test('offline, with the file in the storage, the page works', async () => {
  const own = await startServer({
    '/': html(host.scriptUrl, '/instrumented.js'),
    '/instrumented.js': built({}),
  })
  await host.plant(sha256(right), right, { origins: '*' })
  const page = await context.newPage()
  await page.goto(own.origin)
  await own.close()
  const url = '/assets/answer.wasm'
  expect(await load(page, 'loadStreaming', url)).toBe('42')
  await host.clear()
  expect(await load(page, 'loadStreaming', url)).toMatch(/^TypeError/)
  expect(await reasons(page)).toEqual(['hit', 'miss'])
})

describe('integrity: true', () => {
  test.each(['/integrity', '/integrity-alone'])('on %s a changed file never runs', async (path) => {
    const page = await open(`${path}?/other/`)
    for (const caller of ['loadStreaming', 'loadBuffer'] as const) {
      expect(await load(page, caller, '/other/assets/answer.wasm')).toMatch(/^TypeError: Failed to fetch/)
      const headers = { Authorization: 'Bearer' }
      expect(await load(page, caller, '/other/assets/answer.wasm', { headers })).toMatch(/^TypeError/)
      expect(await load(page, caller, '/other/assets/answer.wasm', { cache: 'reload' })).toMatch(/^TypeError/)
    }
    const other = await open(`${path}?/right/`)
    expect(await load(other, 'loadStreaming', '/right/assets/answer.wasm')).toBe('42')
    expect(await reasons(page)).toContain('error FetchFailed')
    if (path === '/integrity') await waitForEvents(other, 'store')
    expect(host.entries().map(({ hash }) => hash)).toEqual(path === '/integrity' ? [sha256(right)] : [])
  })

  test.each(['/integrity', '/integrity-alone'])(
    'on %s a page sees the status of what is no file',
    async (path) => {
      const page = await open(`${path}?/404/`)
      const url = '/404/assets/answer.wasm'
      expect(await load(page, 'describeResponse', url)).toBe(await load(plain, 'describeResponse', url))
      expect(await load(page, 'describeResponse', url)).toContain('404')
    },
  )

  test.each(['/integrity', '/integrity-alone'])(
    'on %s a stale HTTP cache is healed by one reload',
    async (path) => {
      let body = other
      const cached = { 'Cache-Control': 'max-age=3600' }
      const own = await startServer({
        '/assets/': (request, response) => send(wasm, body, cached)(request, response),
        '/plain': html('/loader.js'),
        '/integrity': html(host.scriptUrl, '/integrity.js'),
        '/integrity-alone': html('/integrity.js'),
        '/loader.js': send('text/javascript', loaderCode),
        '/integrity.js': built({ integrity: true }),
      })
      const page = await context.newPage()
      const url = '/assets/answer.wasm'
      await page.goto(`${own.origin}/plain`)
      expect(await load(page, 'loadBuffer', url)).toBe('13')
      body = right
      await page.goto(own.origin + path)
      expect(await load(page, 'loadBuffer', url)).toBe('42')
      expect(own.requested.filter((path) => path === url)).toHaveLength(2)
      expect(await reasons(page)).toContain('error StaleCache')
      await own.close()
    },
  )
})

describe('an abort', () => {
  const slow: Route = (_, response) => {
    response.writeHead(200, { 'Content-Type': wasm })
    response.write(right.slice(0, 20))
  }

  test.each([
    ['before the request', { abort: 'before' }],
    ['during the lookup', { abort: 'soon', faults: { lookup: { hang: true } } }],
    ['while the file is fetched from the storage', { abort: 'soon', faults: { getFile: { hang: true } } }],
    ['while the file is read', { abort: 'soon', faults: { read: { hang: true } } }],
    ['while the network answers', { abort: 'on response' }],
    ['while the body arrives', { abort: 'on response', read: true }],
  ])(
    '%s rejects with its reason, and nothing is stored',
    async (_, { abort, faults, read }: { abort: string; faults?: object; read?: boolean }) => {
      const own = await startServer({
        '/': html(host.scriptUrl, '/instrumented.js'),
        '/instrumented.js': built({}),
        '/assets/': slow,
      })
      if (faults !== undefined) await host.plant(sha256(right), right, { origins: '*' })
      const page = await context.newPage()
      await page.goto(own.origin)
      const outcome = await page.evaluate(
        async ({ abort, faults, read }) => {
          Object.assign(globalThis, { crossOriginStorageFaults: faults ?? {} })
          const controller = new AbortController()
          const stop = () => controller.abort(new RangeError('stopped'))
          if (abort === 'before') stop()
          const { fetch } = globalThis
          if (abort === 'on response')
            globalThis.fetch = async (...args) => {
              const response = await fetch(...args)
              if (args[0] === '/assets/answer.wasm') setTimeout(stop)
              return response
            }
          const { signal } = controller
          const loading = read
            ? loader.loadBuffer('/assets/answer.wasm', { signal })
            : loader.loadStreaming('/assets/answer.wasm', { signal })
          if (abort === 'soon') stop()
          return loading.then(String, String)
        },
        { abort, faults, read },
      )
      // Once the response is there, streaming compilation rejects with its own error.
      expect(outcome).toMatch(
        abort === 'on response' ? /^(RangeError: stopped|AbortError)/ : /^RangeError: stopped$/,
      )
      const stored = host.entries().filter(({ storedBy }) => storedBy.length > 0)
      expect(stored).toEqual([])
      // Where the storage was asked, the abort itself is nothing to report; a copy that broke off is.
      if (abort === 'soon') expect(await reasons(page)).toEqual([])
      await own.close()
    },
  )
})
