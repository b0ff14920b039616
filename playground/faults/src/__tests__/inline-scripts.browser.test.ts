import { applyChanges, loadParser, processOutput, resolveOptions } from '@wasm-cos/core'
import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import { launch, waitForEvents } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { page, send, startServer, type Server } from '../server.ts'
import { other, right } from '../site.ts'

// A script that stands in a page knows its place by the address of the page.

/** What pages of Go and of Emscripten have, called when the script is over. */
const code = `function load(url) {
  return WebAssembly.instantiateStreaming(fetch(url)).then(({ instance }) => instance.exports.answer())
}`

declare function load(url: string): Promise<number>

const parser = await loadParser()

/** A page of an output that has `main.wasm` in its folder. */
function build(fileName: string, publicUrl?: string): string {
  const [start, end] = page(host.scriptUrl).split('</head>') as [string, string]
  const { edits } = processOutput(
    [
      { type: 'wasm', fileName: 'main.wasm', bytes: right, sources: [] },
      {
        type: 'script',
        fileName: `${fileName}#1`,
        code,
        format: 'script',
        page: { fileName, start: 0 },
        refersTo: ['main.wasm'],
      },
    ],
    {
      options: resolveOptions({ origins: '*', lookupTimeout: 60_000 }),
      parser,
      ...(publicUrl !== undefined && { publicUrl }),
    },
  )
  return `${start}<script>${applyChanges(code, edits[0]!.changes)}</script></head>${end}`
}

let host: CosHost
let server: Server
let browser: Browser

beforeAll(async () => {
  host = await startCosHost()
  const [index, demo] = [build('index.html'), build('demo.html')].map((html) => send('text/html', html))
  server = await startServer({
    '/': index!,
    '/index.html': index!,
    '/demo.html': demo!,
    '/main.wasm': send('application/wasm', right),
    '/project/': index!,
    '/project/index.html': index!,
    '/project/demo.html': demo!,
    '/project/demo': demo!,
    '/project/main.wasm': send('application/wasm', right),
    '/public/': send('text/html', build('index.html', '/')),
    '/public/main.wasm': send('application/wasm', other),
  })
  browser = await launch()
})
beforeEach(() => host.clear())
afterAll(async () => {
  await browser.close()
  await Promise.all([server.close(), host.close()])
})

test.each([
  '/',
  '/index.html',
  '/demo.html',
  '/project/',
  '/project/index.html',
  '/project/demo.html',
  '/project/demo',
])('the file beside %s is stored and comes from the storage', async (path) => {
  const opened = await (await browser.newContext()).newPage()
  await opened.goto(server.origin + path)
  expect(await opened.evaluate(() => load('main.wasm'))).toBe(42)
  await waitForEvents(opened, 'store')
  const before = server.requested.length
  expect(await opened.evaluate(() => load('main.wasm'))).toBe(42)
  await waitForEvents(opened, 'hit')
  expect(server.requested).toHaveLength(before)
  await opened.context().close()
})

test.each([
  ['/project/index.html', '/public/main.wasm'],
  ['/project/', '/public/main.wasm'],
  // The build says where its files are.
  ['/public/', 'main.wasm'],
])('%s gets %s from its server: it is none of the output', async (path, url) => {
  const opened = await (await browser.newContext()).newPage()
  await opened.goto(`${server.origin}/project/`)
  await opened.evaluate(() => load('main.wasm'))
  await waitForEvents(opened, 'store')
  await opened.goto(server.origin + path)
  expect(await opened.evaluate((url) => load(url), url)).toBe(13)
  await opened.context().close()
})
