import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CosHost, startCosHost } from '@wasm-cos/cos-host'
import { launch, makeWasm, serve, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builds } from './testing/builds.ts'

const root = join(import.meta.dirname, '..')

let browser: Browser
let host: CosHost
let parent: string

beforeAll(async () => {
  await mkdir(join(root, '.cache'), { recursive: true })
  parent = await mkdtemp(join(root, '.cache/app-'))
  browser = await launch()
  host = await startCosHost()
})

afterAll(async () => {
  await browser.close()
  await host.close()
  await rm(parent, { recursive: true, force: true, maxRetries: 5 })
})

const main = `import init, { wasmHash } from './answer.wasm?cos'
init().then(({ exports }) => {
  document.querySelector('#result').textContent = exports.answer() + ' ' + wasmHash.value.length
  document.documentElement.dataset.state = 'done'
})`

test.each(Object.keys(builds))(
  '%s: an explicit import is downloaded by one origin and found by the other',
  { timeout: 120_000 },
  async (name) => {
    const folder = join(parent, name)
    await mkdir(folder)
    await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}')
    await writeFile(join(folder, 'main.js'), main)
    await writeFile(join(folder, 'answer.wasm'), makeWasm(42))
    await builds[name]!(folder)

    const out = join(folder, 'out')
    const entry = (await readdir(out, { recursive: true })).find((file) =>
      /(^|[\\/])main[^\\/]*\.js$/.test(file),
    )
    await writeFile(
      join(out, 'page.html'),
      `<!doctype html><html><head><meta charset="utf-8"><script type="module" src="${entry}"></script></head><body><pre id="result"></pre></body></html>`,
    )
    await host.clear()
    const html = withScript(host.scriptUrl)
    const [first, second] = await Promise.all([serve(out, { html }), serve(out, { html })])
    const context = await browser.newContext()
    try {
      const miss = await visit(context, `${first.url}page.html`)
      expect(miss.result).toBe('42 64')
      await waitForEvents(miss.page, 'store')
      const hit = await visit(context, `${second.url}page.html`)
      expect(hit.result).toBe('42 64')
      expect(hit.events.map(({ type }) => type)).toEqual(['hit'])
      expect([first, second].map((site) => site.requested(/\.wasm/).length)).toEqual([1, 0])
    } finally {
      await context.close()
      await Promise.all([first.close(), second.close()])
    }
  },
)
