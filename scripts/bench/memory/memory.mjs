import { createServer } from 'node:http'
import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { startCosHost } from '@wasm-cos/cos-host'
import { stub } from '@wasm-cos/runtime/stub'
import { chromiumArgs, ensureChromium } from '@wasm-cos/scripts/chromium'
import { chromium } from 'playwright-core'

// Peak memory of a page that reads a 200 MB file: with plain fetch, on a miss (which stores a copy) and on a hit.
// Each case is a browser of its own; what is reported is the peak resident size of its renderer and of the browser
// process, and what the renderer still holds once the store is over and garbage was collected. Linux only (/proc).

const size = Number(process.argv[2] ?? 200) * 1e6
const bytes = Buffer.alloc(size, 7)
const hash = createHash('sha256').update(bytes).digest('hex')
const entry = ['large.wasm', size, { algorithm: 'SHA-256', value: hash }, '*']

const host = await startCosHost()
const server = createServer((request, response) => {
  if (request.url === '/large.wasm') {
    response.writeHead(200, { 'Content-Type': 'application/wasm', 'Cache-Control': 'no-store' }).end(bytes)
    return
  }
  const script = request.url === '/plain' ? '' : `<script src="${host.scriptUrl}"></script>`
  response.setHeader('Content-Type', 'text/html')
  response.end(
    `<!doctype html><head>${script}<script>'use strict';var load = ${script ? `${stub}([${JSON.stringify(entry)}],[],1,60000)` : 'fetch'}</script></head>`,
  )
}).listen(0, 'localhost')
await once(server, 'listening')
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())

console.log('MB'.padEnd(26), ...['renderer', 'browser', 'kept'].map((title) => title.padStart(9)))
await measure('plain fetch', '/plain', false)
await measure('miss, with a store', '/cos', true)
await measure('hit, verified', '/cos', false)
await measure('hit, read as a stream', '/cos', false, true)
server.close()
await host.close()

/**
 * Loads once in a browser of its own.
 *
 * @param {string} name What it is.
 * @param {string} path The page.
 * @param {boolean} stores Whether a store follows.
 * @param {boolean} [streams] Whether the caller reads the body piece by piece, as streaming compilation does.
 */
async function measure(name, path, stores, streams = false) {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumArgs,
  })
  const page = await browser.newPage()
  await page.goto(`http://localhost:${port}${path}`)
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  const main = processInfo.filter(({ type }) => type === 'browser').map(({ id }) => id)
  await page.evaluate(
    async ({ stores, streams }) => {
      const stored = new Promise((resolve) =>
        new PerformanceObserver(
          (list) => list.getEntriesByName('wasm-cos:store').length > 0 && resolve(0),
        ).observe({ type: 'measure' }),
      )
      const response = await Reflect.get(globalThis, 'load')('/large.wasm')
      if (streams) await response.body.pipeTo(new WritableStream())
      else await response.arrayBuffer()
      if (stores) await stored
    },
    { stores, streams },
  )
  // Twice: what the first collection frees may hold more.
  for (let i = 0; i < 2; i++) await page.requestGC()
  const row = [total(renderers, 'VmHWM'), total(main, 'VmHWM'), total(renderers, 'VmRSS')]
  console.log(name.padEnd(26), ...row.map((value) => value.toFixed(0).padStart(9)))
  await browser.close()
}

/**
 * @param {number[]} pids Processes.
 * @param {string} field Of /proc/PID/status: `VmHWM`, the peak, or `VmRSS`, now.
 * @returns {number} The largest of them, in MB.
 */
function total(pids, field) {
  const values = pids.map((pid) =>
    Number(new RegExp(`${field}:\\s*(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
  )
  return Math.max(...values) / 1000
}
