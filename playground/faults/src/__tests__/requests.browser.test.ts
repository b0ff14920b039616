import { readFileSync } from 'node:fs'
import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import { launch, waitForEvents } from '@wasm-cos/harness'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { instrument } from '../instrumented.ts'
import { page as markup, send, startServer, type Server } from '../server.ts'
import { right } from '../site.ts'

// XMLHttpRequest: what a page sees of a request is the same without Cross-Origin Storage, on a miss and on a hit.

const url = '/assets/answer.wasm'
const code = readFileSync(new URL('../../page/requests.js', import.meta.url), 'utf8')

/** What page/requests.js offers. */
declare const requests: { names: string[]; tell(name: string, url: string): Promise<string[]> }

let host: CosHost
let server: Server
let browser: Browser

beforeAll(async () => {
  host = await startCosHost()
  const page = markup(host.scriptUrl, '/loader.js')
  const policy = (text: string) => ({ 'Content-Security-Policy': text })
  server = await startServer({
    '/plain': send('text/html', markup('/requests.js')),
    '/built': send('text/html', page),
    '/enforced': send('text/html', markup(host.scriptUrl, '/enforced.js')),
    '/strict': send(
      'text/html',
      page,
      policy(
        `connect-src 'self' ${new URL(host.scriptUrl).origin}; script-src 'self' 'wasm-unsafe-eval' ${new URL(host.scriptUrl).origin}`,
      ),
    ),
    '/requests.js': send('text/javascript', code),
    '/loader.js': send('text/javascript', instrument(code, 'script', {}, '/')),
    '/enforced.js': send('text/javascript', instrument(code, 'script', { integrity: true }, '/')),
    [url]: (request, response) => {
      const headers = { 'Content-Type': 'application/wasm', 'Content-Length': right.byteLength }
      if (request.method === 'POST') response.writeHead(200, headers).end(right)
      else if (request.headers.range === undefined)
        response.writeHead(200, '', { ...headers, 'Cache-Control': 'no-store' }).end(right)
      else response.writeHead(206, '', { ...headers, 'Content-Length': 8 }).end(right.subarray(0, 8))
    },
  })
  browser = await launch()
})

afterAll(async () => {
  await browser.close()
  await Promise.all([server.close(), host.close()])
})

/** Opens a page, of a visitor whom nobody knows. */
async function open(path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(server.origin + path)
  return page
}

/** What a page sees of a request, and how many the server saw. */
async function tell(page: Page, name: string): Promise<{ lines: string[]; asked: number }> {
  const before = server.requested.length
  const lines = await page.evaluate(([name, url]) => requests.tell(name, url), [name, url] as const)
  return { lines, asked: server.requested.length - before }
}

/** Those that the storage serves, and how often the network is asked all the same. */
const served: Record<string, number> = {
  'an ArrayBuffer': 0,
  'what it has': 0,
  'an ArrayBuffer, by code that asks for text at other times': 0,
  'a Blob, with all that can be set': 0,
  'an abort while it is under way': 0,
  'an abort from a listener, when the headers are there': 0,
  'an abort when all is over': 0,
  // As text.
  'one request after the other': 1,
  'a request that is opened anew while it is under way': 0,
  'a request that is opened anew by a listener': 0,
  'what must not be done': 0,
  'a listener that throws': 0,
}

test.each(['/built', '/strict'])('on %s', { timeout: 120_000 }, async (path) => {
  const plain = await open('/plain')
  const names = await plain.evaluate(() => requests.names)
  expect(names).toEqual(expect.arrayContaining(Object.keys(served)))
  const printed: string[] = []
  const page = await open(path)
  page.on('console', (message) => printed.push(message.text()))
  for (const name of names) {
    await host.clear()
    await page.reload()
    const expected = await tell(plain, name)
    const miss = await tell(page, name)
    expect(miss.lines, `${name}, miss`).toEqual(expected.lines)
    if (!(name in served)) continue
    // An abort leaves nothing to store.
    if (!name.startsWith('an abort')) await waitForEvents(page, 'store')
    else {
      await tell(page, 'an ArrayBuffer')
      await waitForEvents(page, 'store')
    }
    const hit = await tell(page, name)
    expect(hit, `${name}, hit`).toEqual({ lines: expected.lines, asked: served[name] })
  }
  expect(printed.filter((text) => !/404/.test(text))).toEqual([])
  await Promise.all([plain, page].map((opened) => opened.context().close()))
})

test('with integrity, what the network sends is the file or an error', async () => {
  const page = await open('/enforced')
  const { lines } = await tell(page, 'an ArrayBuffer')
  expect(lines.at(-1)).toMatch(/^answer 42/)
  await waitForEvents(page, 'store')
  await page.route(`**${url}`, (route) => route.fulfill({ contentType: 'application/wasm', body: 'other' }))
  await host.clear()
  // What a route answers does not replace what the HTTP cache has.
  const session = await page.context().newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  const changed = await tell(page, 'an abort when all is over')
  const events = changed.lines.map((line) => line.replace(/[ :].*/, ''))
  expect(events.slice(0, 7)).toEqual([
    'readystatechange',
    'onreadystatechange',
    'loadstart',
    'sent',
    'readystatechange',
    'onreadystatechange',
    'error',
  ])
})
