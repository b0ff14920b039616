import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import { chromiumArgs, ensureChromium } from '@wasm-cos/harness/chromium'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { instrument, loaderCode } from '../instrumented.ts'
import { page as markup, send, startServer, type Route, type Server } from '../server.ts'
import { other, right, sha256 } from '../site.ts'

let host: CosHost
let server: Server
let browser: Browser
let context: BrowserContext

const wasmUrl = '/assets/answer.wasm'

/** Loads, and posts the answer and what the stub reported, once a store is over. */
const reportCode = `
async function report(post) {
  const read = () => performance.getEntriesByType('measure').filter(({ name }) => name.startsWith('wasm-cos:'))
  const answer = await self.loader.loadStreaming(new URL('${wasmUrl}', self.base || (self.document || self.location).baseURI || location.href).href).catch(String)
  const names = () => read().map(({ name, detail }) => [name.slice(9), detail.reason].filter(Boolean).join(' '))
  if (names().includes('miss') && !names().some((name) => /store|error/.test(name)))
    await new Promise((resolve) => new PerformanceObserver(resolve).observe({ type: 'measure' }))
  post({ answer, entries: names() })
}
`
const script = (code: string, format: 'module' | 'script' = 'script'): Route =>
  send(
    'text/javascript',
    code.replace(
      'LOADER', // It stands in scripts of other names: the public URL says where the files are.
      () => instrument(loaderCode, format, {}, '/'),
    ),
  )

beforeAll(async () => {
  host = await startCosHost()
  const { scriptUrl } = host
  const cosImport = `importScripts('${scriptUrl}');`
  const csp = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
  const isolated = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  }
  const window = markup(scriptUrl, '/loader.js', '/report.js')
  server = await startServer({
    [wasmUrl]: send('application/wasm', right, { 'Access-Control-Allow-Origin': '*' }),
    '/bare': send('text/html', markup()),
    // A page that must not be stored is not kept for the way back either.
    '/window': send('text/html', window, { 'Cache-Control': 'no-cache' }),
    '/module': send(
      'text/html',
      markup(scriptUrl, '/report.js').replace(
        '</head>',
        '<script type="module" src="/module.js"></script></head>',
      ),
    ),
    '/base': send('text/html', window.replace('<head>', '<head><base href="/deep/folder/">')),
    '/csp': send('text/html', markup('/loader.js', '/report.js'), { 'Content-Security-Policy': csp }),
    '/isolated': send('text/html', markup('/loader.js', '/report.js'), isolated),
    '/loader.js': script('LOADER'),
    '/module.js': script('LOADER', 'module'),
    '/intact.js': send('text/javascript', instrument(loaderCode, 'script', { integrity: true }, '/')),
    '/report.js': script(reportCode),
    '/classic-worker.js': script(`${cosImport}${reportCode}LOADER\nreport(postMessage)`),
    '/module-worker.js': script(`import '${scriptUrl}';${reportCode}LOADER\nreport(postMessage)`, 'module'),
    '/shared-worker.js': script(
      `${cosImport}${reportCode}LOADER\nonconnect = ({ ports: [port] }) => report((it) => port.postMessage(it))`,
    ),
    '/service-worker.js': script(
      `${cosImport}${reportCode}LOADER\nonmessage = ({ ports: [port] }) => report((it) => port.postMessage(it))`,
    ),
  })
  browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [
      ...chromiumArgs,
      '--host-resolver-rules=MAP insecure.test 127.0.0.1',
      '--enable-features=BackForwardCache',
    ],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
})
afterEach(async () => {
  await context.close()
  await host.clear()
})
afterAll(async () => {
  await browser.close()
  await Promise.all([server.close(), host.close()])
})

interface Report {
  answer: number | string
  entries: string[]
}

/** What a page of this test has: {@link reportCode}, and the first message of a worker or port. */
declare function answerOf(port: Worker | MessagePort): Promise<Report>
declare function report(post: (report: Report) => void): void

async function open(path: string, origin = server.origin, storage = false): Promise<Page> {
  context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(() => {
    const answerOf = (port: Worker | MessagePort): Promise<unknown> =>
      new Promise((resolve) => {
        port.addEventListener('message', (event) => resolve((event as MessageEvent).data))
        if ('start' in port) port.start()
      })
    Object.assign(globalThis, { answerOf })
  })
  // Where the page's policy keeps the COS host out: a storage in the page.
  if (storage) await page.addInitScript(memoryStorage)
  await page.goto(origin + path)
  return page
}

const reportOf = (page: Pick<Page, 'evaluate'>): Promise<Report> =>
  page.evaluate(() => new Promise<Report>((resolve) => report(resolve)))

const stored = { answer: 42, entries: ['miss', 'store'] }
const hit = { answer: 42, entries: ['miss', 'store', 'hit'] }

test.each(['/window', '/module', '/base'])('a window: %s', async (path) => {
  const page = await open(path)
  expect(await reportOf(page)).toEqual(stored)
  expect(await reportOf(page)).toEqual(hit)
})

test.each(['/csp', '/isolated'])('a page with a policy: %s', async (path) => {
  const page = await open(path, server.origin, true)
  const printed: string[] = []
  page.on('console', (message) => printed.push(message.text()))
  expect(await reportOf(page)).toEqual(stored)
  expect(await reportOf(page)).toEqual(hit)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(path === '/isolated')
  expect(printed).toEqual([])
})

describe('a worker', () => {
  const kinds: [string, (url: string) => Promise<Report>][] = [
    ['/classic-worker.js', (url) => answerOf(new Worker(url))],
    ['/module-worker.js', (url) => answerOf(new Worker(url, { type: 'module' }))],
    ['/shared-worker.js', (url) => answerOf(new SharedWorker(url).port)],
  ]
  test.each(kinds)('%s', async (url, run) => {
    const page = await open('/bare')
    expect(await page.evaluate(run, url)).toEqual(stored)
  })

  test('/service-worker.js: nothing is stored there, because no page owns it', async () => {
    const page = await open('/bare')
    const answer = await page.evaluate(async () => {
      await navigator.serviceWorker.register('/service-worker.js')
      const { active } = await navigator.serviceWorker.ready
      const { port1, port2 } = new MessageChannel()
      active!.postMessage('', [port2])
      return answerOf(port1)
    })
    expect(answer).toEqual({ answer: 42, entries: ['error NotAllowedError'] })
  })

  test('made from a blob', async () => {
    const page = await open('/bare')
    const result = await page.evaluate(
      async ({ origin }) => {
        const code = await (await fetch('/classic-worker.js')).text()
        const url = URL.createObjectURL(new Blob([`self.base = '${origin}';${code}`]))
        return answerOf(new Worker(url))
      },
      { origin: server.origin },
    )
    expect(result).toEqual(stored)
  })
})

describe('a frame', () => {
  const frameReport = async (page: Page, sandbox: string | null, src: string): Promise<Report> => {
    await page.evaluate(
      ({ sandbox, src }) => {
        const frame = document.createElement('iframe')
        if (sandbox !== null) frame.setAttribute('sandbox', sandbox)
        frame.src = src
        return new Promise((resolve) => {
          frame.addEventListener('load', resolve)
          document.documentElement.append(frame)
        })
      },
      { sandbox, src },
    )
    return page.frames()[1]!.evaluate(() => new Promise<Report>((resolve) => report(resolve)))
  }

  test('of another site: it hits; a browser that blocks third-party storage has no lock to store under', async () => {
    const page = await open('/bare', `http://127.0.0.1:${server.port}`)
    await host.plant(sha256(right), right, { origins: '*' })
    const src = `${server.origin}/window`
    expect(await frameReport(page, null, src)).toEqual({ answer: 42, entries: ['hit'] })
    await host.clear()
    const { answer, entries } = await reportOf(page.frames()[1]!)
    expect(answer).toBe(42)
    expect(entries.slice(0, 2)).toEqual(['hit', 'miss'])
    expect(['store', 'error SecurityError']).toContain(entries[2])
  })

  test('in a sandbox, whose origin is opaque: it loads, and has no storage', async () => {
    const page = await open('/bare')
    const { answer, entries } = await frameReport(page, 'allow-scripts', '/window')
    expect(answer).toBe(42)
    expect(entries).toEqual(['error NotAllowedError'])
  })
})

describe('a document without an address of its own', () => {
  const html = () => markup(host.scriptUrl, `${server.origin}/loader.js`, `${server.origin}/report.js`)
  /** What a frame reports that the page writes itself. */
  const reportIn = (page: Page, attributes: Record<string, string>, script?: string): Promise<Report> =>
    page
      .evaluate(
        async ({ attributes, scripts }) => {
          const frame = document.createElement('iframe')
          for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value)
          const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
          document.documentElement.append(frame)
          await loaded
          for (const src of scripts) {
            const inner = frame.contentDocument!
            const script = Object.assign(inner.createElement('script'), { src })
            const ran = new Promise((resolve) => script.addEventListener('load', resolve))
            inner.documentElement.append(script)
            await ran
          }
        },
        {
          attributes,
          scripts: script === undefined ? [] : [host.scriptUrl, script, `${server.origin}/report.js`],
        },
      )
      .then(() => reportOf(page.frames()[1]!))

  test('srcdoc', async () => {
    const page = await open('/bare')
    expect(await reportIn(page, { srcdoc: html() })).toEqual(stored)
    expect(await reportOf(page.frames()[1]!)).toEqual(hit)
  })

  test('about:blank', async () => {
    const page = await open('/bare')
    expect(await reportIn(page, { src: 'about:blank' }, `${server.origin}/loader.js`)).toEqual(stored)
  })

  test('with integrity, another file is refused there, too', async () => {
    const page = await open('/bare')
    await page.route(`**${wasmUrl}`, (route) =>
      route.fulfill({
        body: Buffer.from(other),
        contentType: 'application/wasm',
        headers: { 'Access-Control-Allow-Origin': '*' },
      }),
    )
    const intact = html().replace('/loader.js', '/intact.js')
    for (const attributes of [{ srcdoc: intact }, { srcdoc: intact, sandbox: 'allow-scripts' }]) {
      const { answer } = await reportIn(page, attributes)
      expect(answer).toContain('TypeError')
      await page.evaluate(() => document.querySelector('iframe')!.remove())
    }
  })
})

test('an insecure origin has no storage, and takes the plain path', async () => {
  const page = await open('/window', `http://insecure.test:${server.port}`)
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  expect(await reportOf(page)).toEqual({ answer: 42, entries: [] })
})

test('a page comes back from the back-forward cache and goes on', async () => {
  const page = await open('/window')
  expect(await reportOf(page)).toEqual(stored)
  await page.evaluate(() => Object.assign(globalThis, { mark: 'the same page' }))
  await page.goto(`${server.origin}/bare`)
  await page.goBack({ waitUntil: 'commit' })
  expect(await page.evaluate(() => Reflect.get(globalThis, 'mark'))).toBe('the same page')
  expect(await reportOf(page)).toEqual(hit)
})

/** A Cross-Origin Storage that lives in the page alone. */
function memoryStorage(): void {
  const files = new Map<string, Blob>()
  const requestFileHandle = async (
    { value }: { value: string },
    { create = false } = {},
  ): Promise<object> => {
    if (!create && !files.has(value)) throw new DOMException('It is not stored.', 'NotFoundError')
    let written = new Blob()
    return {
      getFile: async () => files.get(value),
      createWritable: async () => ({
        write: async (blob: Blob) => (written = blob),
        close: async () => files.set(value, written),
      }),
    }
  }
  Object.defineProperty(navigator, 'crossOriginStorage', { value: { requestFileHandle } })
}
