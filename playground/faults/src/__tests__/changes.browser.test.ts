import { readFileSync } from 'node:fs'
import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import { launch, waitForEvents } from '@wasm-cos/harness'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { instrument } from '../instrumented.ts'
import { html, send, startServer, type Route, type Server } from '../server.ts'
import { right } from '../site.ts'

// What a page does to its address and its objects once it has asked, and what it asks that no hash can be enforced of: it sees,
// and the server sees, what they would without the stub.

const code = readFileSync(new URL('../../page/changes.js', import.meta.url), 'utf8')

/** What page/changes.js offers. */
declare const changes: { names: string[]; tell(name: string): Promise<string> }

/** What servers saw of requests for wasm. */
let seen: string[] = []
const wasm: Route = (request, response) => {
  const { range, referer, 'if-none-match': condition } = request.headers
  seen.push(
    [request.method, request.url, range, condition, referer && 'with referrer'].filter(Boolean).join(' '),
  )
  const headers = { 'Content-Type': 'application/wasm', 'Cache-Control': 'no-store' }
  if (condition !== undefined) response.writeHead(304, headers).end()
  else if (range === undefined) response.writeHead(200, headers).end(right)
  else response.writeHead(206, headers).end(right.subarray(0, 8))
}

let host: CosHost
let server: Server
let elsewhere: Server
let browser: Browser

beforeAll(async () => {
  host = await startCosHost()
  elsewhere = await startServer({ '/assets/answer.wasm': wasm })
  const built = (integrity: boolean) =>
    send('text/javascript', instrument(code, 'script', { integrity }, '/'))
  const others = send(
    'text/javascript',
    `globalThis.elsewhere = ${JSON.stringify(elsewhere.origin)}
globalThis.replaceFetch = (make) => {
  const own = window.fetch
  window.fetch = make(own)
  return () => (window.fetch = own)
}`,
  )
  server = await startServer({
    '/plain': html('/others.js', '/changes.js'),
    '/built': html(host.scriptUrl, '/others.js', '/built.js'),
    '/enforced': html(host.scriptUrl, '/others.js', '/enforced.js'),
    '/polyfilled': html(host.scriptUrl, '/streams.js', '/built.js'),
    '/streams.js': send('text/javascript', 'globalThis.ReadableStream = class {}'),
    '/enforced-alone': html('/others.js', '/enforced.js'),
    '/changes.js': send('text/javascript', code),
    '/others.js': others,
    '/built.js': built(false),
    '/enforced.js': built(true),
    '/assets/answer.wasm': wasm,
    '/other.wasm': wasm,
    '/en/assets/answer.wasm': wasm,
  })
  browser = await launch()
})

afterAll(async () => {
  await browser.close()
  await Promise.all([server.close(), elsewhere.close(), host.close()])
})

/** What the page and the servers see of a request. */
async function tell(page: Page, path: string, name: string): Promise<{ answer: string; seen: string[] }> {
  await host.clear()
  await page.goto(server.origin + path)
  seen = []
  const answer = await page.evaluate((name) => changes.tell(name), name)
  // Whether the server has heard of a request before it is aborted, nobody can say.
  return { answer, seen: answer === 'AbortError' ? [] : seen }
}

test.each(['/built', '/enforced', '/enforced-alone'])('on %s', { timeout: 120_000 }, async (path) => {
  const context = await browser.newContext()
  const [plain, page] = [await context.newPage(), await context.newPage()]
  await plain.goto(`${server.origin}/plain`)
  for (const name of await plain.evaluate(() => changes.names)) {
    expect(await tell(page, path, name), name).toEqual(await tell(plain, '/plain', name))
  }
  await context.close()
})

test('a hit is what it should be on a page that has put a ReadableStream of its own in place', async () => {
  const page = await (await browser.newContext()).newPage()
  await tell(page, '/built', 'nothing')
  await waitForEvents(page, 'store')
  await page.goto(`${server.origin}/polyfilled`)
  seen = []
  expect(await page.evaluate(() => changes.tell('nothing'))).toBe(
    `200 default, ${right.length} bytes, 0 calls`,
  )
  expect(seen).toEqual([])
  await page.context().close()
})
