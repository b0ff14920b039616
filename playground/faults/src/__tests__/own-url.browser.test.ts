import { applyChanges, loadParser, processOutput, resolveOptions } from '@wasm-cos/core'
import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import { launch, waitForEvents } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { page, send, startServer, type Server } from '../server.ts'
import { other, right } from '../site.ts'

// How scripts know their place: one that stands in a page by the address of the page, one that a worker imports by its own.

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

/** `js/worker.js` of an output that has `wasm/main.wasm`, beside the page that makes a worker of another one for it. */
function buildWorker(): string {
  const code = `onmessage = ({ data }) =>
  WebAssembly.instantiateStreaming(fetch(data)).then(({ instance }) => {
    const names = () => performance.getEntriesByType('measure').map(({ name }) => name)
    const tell = () => postMessage([instance.exports.answer(), ...names()])
    if (names().some((name) => /hit|store/.test(name))) tell()
    else new PerformanceObserver(tell).observe({ type: 'measure' })
  })`
  const page = 'new Worker(URL.createObjectURL(new Blob([`importScripts("${base}js/worker.js")`])))'
  const { edits } = processOutput(
    [
      { type: 'wasm', fileName: 'wasm/main.wasm', bytes: right, sources: [] },
      { type: 'script', fileName: 'page.js', code: page },
      { type: 'script', fileName: 'js/worker.js', code, refersTo: ['wasm/main.wasm'] },
    ],
    { options: resolveOptions({ origins: '*', lookupTimeout: 60_000 }), parser },
  )
  return applyChanges(code, edits.find(({ fileName }) => fileName === 'js/worker.js')!.changes)
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
    '/app@1/js/worker.js': send('text/javascript', buildWorker()),
    '/app@1/wasm/main.wasm': send('application/wasm', right),
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

test('a worker made of a blob imports a script, whose file is stored and comes from the storage', async () => {
  const opened = await (await browser.newContext()).newPage()
  await opened.goto(`${server.origin}/project/`)
  const run = () =>
    opened.evaluate(
      (scripts) =>
        new Promise((resolve) => {
          const code = `importScripts(...${JSON.stringify(scripts)})`
          const worker = new Worker(URL.createObjectURL(new Blob([code])))
          worker.addEventListener('message', ({ data }) => {
            worker.terminate()
            resolve(data)
          })
          worker.postMessage(new URL('/app@1/wasm/main.wasm', location.href).href)
        }),
      [host.scriptUrl, `${server.origin}/app@1/js/worker.js`],
    )
  expect(await run()).toEqual([42, 'wasm-cos:miss', 'wasm-cos:store'])
  expect(await run()).toEqual([42, 'wasm-cos:hit'])
  await opened.context().close()
})
