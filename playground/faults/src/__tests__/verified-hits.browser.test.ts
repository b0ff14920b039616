import { startCosHost } from '@wasm-cos/cos-host'
import { extensionPath, launch, readEvents, waitForEvents, withExtension } from '@wasm-cos/harness'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instrument, loaderCode } from '../instrumented.ts'
import { html, send, startServer, type Server } from '../server.ts'
import { other, right, sha256 } from '../site.ts'

const url = '/assets/answer.wasm'
const hash = { algorithm: 'SHA-256', value: sha256(right) }

const routes = {
  '/loader.js': send('text/javascript', instrument(loaderCode, 'script')),
  '/assets/': send('application/wasm', right),
}

/** Two sites that ship the same module; the page scripts come first. */
async function startSites(...scripts: string[]): Promise<[Server, Server]> {
  const page = { '/': html(...scripts, '/loader.js') }
  return [await startServer({ ...routes, ...page }), await startServer({ ...routes, ...page })]
}

async function open(context: BrowserContext, { origin }: Server): Promise<Page> {
  const page = await context.newPage()
  await page.goto(origin)
  return page
}

/** Loads the module, and says what it answered and every hash that a compiler got to see. */
function load(page: Page): Promise<{ answer: number; compiled: string[] }> {
  return page.evaluate(async (url) => {
    const compiled: string[] = []
    const { instantiateStreaming } = WebAssembly
    WebAssembly.instantiateStreaming = async (source, imports) => {
      const response = await source
      const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer())
      compiled.push([...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
      return instantiateStreaming(response, imports)
    }
    return { answer: await loader.loadStreaming(url), compiled }
  }, url)
}

describe('the COS host', () => {
  let context: BrowserContext
  let close: () => Promise<unknown>
  let sites: [Server, Server]
  let host: Awaited<ReturnType<typeof startCosHost>>
  beforeAll(async () => {
    host = await startCosHost()
    sites = await startSites(host.scriptUrl)
    const browser = await launch()
    context = await browser.newContext()
    close = () => Promise.all([browser.close(), host.close(), ...sites.map((site) => site.close())])
  })
  afterAll(() => close())

  test.each<[string, Uint8Array, string]>([
    ['another module of the same size', other, 'HashMismatch'],
    ['a larger one', new Uint8Array([...other, 0, 1, 0]), 'SizeMismatch'],
    ['nothing', new Uint8Array(), 'SizeMismatch'],
  ])('%s, planted, never reaches the compiler', async (_, bytes, reason) => {
    await host.plant(hash.value, bytes, { origins: '*' })
    const page = await open(context, sites[0])
    expect(await load(page)).toEqual({ answer: 42, compiled: [hash.value] })
    await waitForEvents(page, 'store')
    expect(await readEvents(page)).toMatchObject([{ type: 'error', reason }, { type: 'store' }])

    // The store has mended it, for the other site too.
    const next = await open(context, sites[1])
    expect(await load(next)).toEqual({ answer: 42, compiled: [hash.value] })
    expect(await readEvents(next)).toMatchObject([{ type: 'hit' }])
  })

  /** What a page may put in the place of the storage. */
  const disguises = {
    wrapped: (storage: Methods, name: string) => ({
      [name]: (...args: unknown[]) => storage[name]!(...args),
    }),
    bound: (storage: Methods, name: string) => ({ [name]: storage[name]!.bind(storage) }),
    'behind a proxy': (storage: Methods) =>
      new Proxy(storage, { get: (target, name) => target[name]?.bind(target) }),
  }

  // The host's functions print as native code, so that only what is put in their place can be seen.
  describe.each(['getFileHandle', 'requestFileHandle', 'requestFileHandles'])('%s', (method) => {
    test.each(Object.entries(disguises))('%s, it is verified too', async (_, disguise) => {
      await host.plant(hash.value, other, { origins: '*' })
      const site = await startServer({
        ...routes,
        '/': html(`${host.scriptUrl}?native&methods=${method}`, '/disguise.js', '/loader.js'),
        '/disguise.js': send(
          'text/javascript',
          `Object.defineProperty(navigator, 'crossOriginStorage', { value: (${disguise})(navigator.crossOriginStorage, '${method}') })`,
        ),
      })
      const page = await open(context, site)
      expect(await load(page)).toEqual({ answer: 42, compiled: [hash.value] })
      await waitForEvents(page, 'store')
      await page.close()
      await site.close()
    })
  })

  test('two versions of the stub on one page share nothing, and both work', async () => {
    await host.clear()
    // It is served under another name than the build gave it: the public URL says where the files are.
    const code = loaderCode.replace('{ loader:', '{ older:')
    const older = instrument(code, 'script', { verify: true }, '/')
    const site = await startServer({
      '/': html(host.scriptUrl, '/older.js', '/loader.js'),
      '/older.js': send('text/javascript', older),
      ...routes,
    })
    const page = await open(context, site)
    const answers = await page.evaluate(
      async (url) =>
        Promise.all([
          loader.loadStreaming(url),
          (globalThis as unknown as { older: typeof loader }).older.loadStreaming(url),
        ]),
      url,
    )
    expect(answers).toEqual([42, 42])
    await waitForEvents(page, 'store', 2)
    await site.close()
  })
})

type Methods = Record<string | symbol, (...args: unknown[]) => unknown>

describe.skipIf(extensionPath === undefined)('the extension', () => {
  let context: BrowserContext
  let sites: [Server, Server]
  beforeAll(async () => {
    sites = await startSites()
    context = await withExtension()
  })
  afterAll(() => Promise.all([context.close(), ...sites.map((site) => site.close())]))

  test('bytes planted through its page bridge never reach the compiler of another site', async () => {
    const attacker = await open(context, sites[0])
    await attacker.evaluate(plant, { hash, bytes: [...other] })
    const seen = await attacker.evaluate(async (hash) => {
      const handle = await navigator.crossOriginStorage!.requestFileHandle!(hash)
      return [...new Uint8Array(await (await handle.getFile()).arrayBuffer())]
    }, hash as never)
    expect(seen).toEqual([...other])

    const victim = await open(context, sites[1])
    expect(await load(victim)).toEqual({ answer: 42, compiled: [hash.value] })
    await waitForEvents(victim, 'store')
    expect(await readEvents(victim)).toMatchObject([
      { type: 'error', reason: 'HashMismatch' },
      { type: 'store' },
    ])

    const next = await open(context, sites[0])
    expect(await load(next)).toEqual({ answer: 42, compiled: [hash.value] })
    expect(await readEvents(next)).toMatchObject([{ type: 'hit' }])
  })
})

/** Talks to the extension's content script past the API, as any page can: nothing checks the hash there. */
async function plant({ hash, bytes }: { hash: object; bytes: number[] }): Promise<void> {
  const post = (action: string, data: object, transfer: Transferable[]): Promise<void> =>
    new Promise((resolve) => {
      const id = crypto.randomUUID()
      addEventListener('message', ({ data }) => {
        if (data.source === 'cos-polyfill-isolated' && data.id === id) resolve()
      })
      postMessage({ source: 'cos-polyfill-main', id, action, data }, location.origin, transfer)
    })
  const { origin } = location
  await post('requestFileHandle', { hashes: [hash], create: true, origins: '*', origin }, [])
  const { buffer } = new Uint8Array(bytes)
  const mimeType = { 'content-type': 'application/wasm' }
  await post('storeFileData', { hash, dataChunks: [buffer], mimeType }, [buffer])
}
