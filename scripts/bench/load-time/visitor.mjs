import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { stub } from '@wasm-cos/runtime/stub'
import { chromiumArgs, ensureChromium } from '@wasm-cos/scripts/chromium'
import { chromium } from 'playwright-core'
import { serve } from './server.mjs'

/** @typedef {import('../modules.mjs').WasmModule} WasmModule */

/** What the page puts on its global. */
/** @typedef {{ bench: { measure(visit: object): Promise<{ compiled: number, called: number | null }>, put(file: object): Promise<void>, entries(): [string, string | undefined][] } }} Global */

/**
 * Starts Chromium on a profile on disk, and a server with a page for every module.
 *
 * @param {WasmModule[]} modules What the page loads.
 * @param {import('./server.mjs').Network} network How fast the server is.
 */
export async function startVisitor(modules, network) {
  const server = await serve(await resourcesOf(modules), network)
  const profile = await mkdtemp(join(tmpdir(), 'wasm-cos-bench-'))
  // A profile in memory would keep the storage in memory too.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    args: chromiumArgs,
  })

  return {
    version: context.browser()?.version() ?? '',

    /**
     * Opens the page in a tab of its own, which gets a process of its own, and closes it again.
     *
     * @template T
     * @param {WasmModule} module Whose page it is.
     * @param {{ hasCos: boolean, shelf: string }} storage Whether there is Cross-Origin Storage, and which files it has.
     * @param {(page: import('playwright-core').Page) => Promise<T>} work What to do there.
     */
    async visit(module, { hasCos, shelf }, work) {
      const page = await context.newPage()
      page.on('pageerror', (error) => console.error(String(error)))
      const name = pageOf(module, hasCos)
      await page.goto(`${server.url}${name}?shelf=${shelf}`)
      await page.waitForFunction(() => 'bench' in globalThis)
      try {
        return await work(page)
      } finally {
        await page.close()
      }
    },

    async close() {
      await context.close()
      await server.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

/**
 * @param {WasmModule} module Whose page it is.
 * @param {boolean} hasCos Whether it has Cross-Origin Storage.
 */
function pageOf({ fileName }, hasCos) {
  return `/${fileName}${hasCos ? '.cos' : ''}.html`
}

/**
 * @param {WasmModule[]} modules What the pages load.
 * @returns {Promise<Record<string, import('./server.mjs').Resource>>} All that they consist of.
 */
async function resourcesOf(modules) {
  const scripts = ['page.js', 'loaders.js', 'first-calls.js', 'opfs-cos.js']
  const script = 'text/javascript'
  const pages = modules.flatMap((module) =>
    [true, false].map((hasCos) => {
      const tags = [
        ...(module.glue === undefined ? [] : [`<script src="/${basename(module.glue)}"></script>`]),
        ...(hasCos ? ['<script src="/opfs-cos.js"></script>'] : []),
        '<script type="module" src="/page.js"></script>',
      ]
      return [pageOf(module, hasCos), { type: 'text/html', body: `<!doctype html>${tags.join('')}` }]
    }),
  )
  const glue = modules.flatMap(({ glue }) => (glue === undefined ? [] : [glue]))
  return Object.fromEntries([
    ...pages,
    ...scripts.map((name) => [`/${name}`, { type: script, body: new URL(name, import.meta.url) }]),
    ['/stub.js', { type: script, body: `export const createCosFetch = ${stub}` }],
    ...(await Promise.all(
      glue.map(async (path) => [`/${basename(path)}`, { type: script, body: await readFile(path) }]),
    )),
    ...modules.map(({ fileName, bytes }) => [
      `/${fileName}`,
      { type: 'application/wasm', body: bytes, isShaped: true },
    ]),
  ])
}
