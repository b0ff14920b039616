import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  extensionPath,
  launch,
  readEvents,
  resultOf,
  revisit,
  serve,
  visit,
  waitForEvents,
  withExtension,
  withScript,
} from '../index.ts'

/** The smallest module: the magic number and the version. */
const emptyModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])

/** A page that loads a module by streaming and says so. */
const page = (script: string) => `<!doctype html>
<html><head><title>t</title></head><body><p id="result"></p><script type="module">
const finish = (state, text) => {
  document.querySelector('#result').textContent = text
  document.documentElement.dataset.state = state
}
try { ${script} } catch (error) { finish('failed', String(error)) }
</script></body></html>`

let folder: string
let browser: Browser

beforeAll(async () => {
  browser = await launch()
  folder = await mkdtemp(join(tmpdir(), 'wasm-cos-harness-'))
  await writeFile(join(folder, 'empty.wasm'), emptyModule)
  await writeFile(
    join(folder, 'index.html'),
    page(
      `await WebAssembly.compileStreaming(fetch('empty.wasm')); finish('done', String(globalThis.injected))`,
    ),
  )
  await writeFile(join(folder, 'broken.html'), page(`console.log('a clue'); finish('failed', 'no luck')`))
  await writeFile(join(folder, 'elsewhere.html'), page(`setTimeout(() => location.replace('/'))`))
  await writeFile(join(folder, 'never.html'), page(`console.log('a clue'); finish('busy', 'busy')`))
  await writeFile(
    join(folder, 'worker.js'),
    `performance.measure('wasm-cos:hit', { start: 0, detail: { file: 'w.wasm', hash: '93a4' } })`,
  )
  await writeFile(join(folder, 'worker.html'), page(`new Worker('worker.js'); finish('done', 'started')`))
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

test('a page that streams a module is served right and its requests are counted, reloads too', async () => {
  const site = await serve(folder)
  const first = await visit(await browser.newContext(), site.url)
  expect(first.result).toBe('undefined')
  expect(site.requested(/\.wasm$/)).toEqual(['/empty.wasm'])

  site.forget()
  await revisit(first)
  expect(site.requested(/\.wasm$/)).toEqual(['/empty.wasm'])
  await site.close()
})

test('a script is injected ahead of the page’s own', async () => {
  const script = `data:text/javascript,globalThis.injected='yes'`
  const site = await serve(folder, { html: withScript(script) })
  expect((await visit(await browser.newContext(), site.url)).result).toBe('yes')
  await site.close()
})

test('headers can be replaced', async () => {
  const headers = (path: string): Record<string, string> =>
    path.endsWith('.wasm') ? { 'Content-Type': 'text/plain' } : {}
  const site = await serve(folder, { headers })
  await expect(visit(await browser.newContext(), site.url)).rejects.toThrow(/MIME type/)
  await site.close()
})

test('a page that fails says why and what it printed', async () => {
  const site = await serve(folder)
  const failed = visit(await browser.newContext(), `${site.url}broken.html`)
  await expect(failed).rejects.toThrow(/failed: no luck\n.*a clue/)
  await site.close()
})

test('a worker’s measures are read and waited for', async () => {
  const site = await serve(folder)
  const { page } = await visit(await browser.newContext(), `${site.url}worker.html`)
  const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
  await waitForEvents(worker, 'hit')
  expect(await readEvents(page)).toEqual([{ type: 'hit', file: 'w.wasm', hash: '93a4' }])
  await site.close()
})

test('a page that goes elsewhere is asked there, and one that never finishes is not waited for', async () => {
  const site = await serve(folder)
  const context = await browser.newContext()
  const there = await visit(context, `${site.url}elsewhere.html`)
  expect(there.page.url()).toBe(site.url)
  expect(there.result).toBe('undefined')
  const never = await context.newPage()
  await expect(resultOf(never, () => never.goto(`${site.url}never.html`), 100)).rejects.toThrow(
    /not finished after 0.1 s: busy\n.*a clue/,
  )
  await site.close()
})

test('a taken port is not an error', async () => {
  const one = await serve(folder)
  const two = await serve(folder, { port: Number(new URL(one.url).port) })
  expect(two.url).not.toBe(one.url)
  expect((await fetch(two.url)).status).toBe(200)
  await Promise.all([one.close(), two.close()])
})

describe.skipIf(extensionPath === undefined)('the COS extension', () => {
  test('shares between origins of localhost', async () => {
    const context = await withExtension()
    const [one, two] = [await serve(folder), await serve(folder)]
    const value = '93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476'
    const hash = { algorithm: 'SHA-256', value }
    const stored = await visit(context, one.url)
    await stored.page.evaluate(async (hash) => {
      const cos = (navigator as unknown as { crossOriginStorage: Storage }).crossOriginStorage
      const handle = await cos.requestFileHandle(hash, { create: true, origins: '*' })
      const writable = await handle.createWritable()
      await writable.write(new Blob([await (await fetch('empty.wasm')).arrayBuffer()]))
      await writable.close()
    }, hash)
    const read = await visit(context, two.url)
    const size = await read.page.evaluate(async (hash) => {
      const cos = (navigator as unknown as { crossOriginStorage: Storage }).crossOriginStorage
      return (await (await cos.requestFileHandle(hash)).getFile()).size
    }, hash)
    expect(size).toBe(emptyModule.length)
    await context.close()
    await Promise.all([one.close(), two.close()])
  })
})

interface Storage {
  requestFileHandle(hash: object, options?: object): Promise<FileSystemFileHandle>
}
