import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { stub } from '@wasm-cos/runtime/stub'
import { chromiumArgs, ensureChromium } from '@wasm-cos/harness/chromium'
import { chromium } from 'playwright-core'
import { serve } from './server.mjs'

/** Milliseconds in which the process of a new tab, and the end of the one before, stop to keep the processor busy. */
const settling = 300

/** What pages load besides what they bring themselves. */
const shared = Object.fromEntries([
  ...['loaders.js', 'opfs-cos.js'].map((name) => [
    `/browser/${name}`,
    script(new URL(name, import.meta.url)),
  ]),
  ['/browser/stub.js', script(`export const createCosFetch = ${stub}`)],
])

/**
 * Starts a server, and Chromium on a profile on disk.
 *
 * @param {Record<string, import('./server.mjs').Resource>} resources What is served.
 * @param {import('./server.mjs').Network} network How fast.
 * @param {string[]} [args] More of Chromium's.
 */
export async function startVisitor(resources, network, args = []) {
  const server = await serve({ ...shared, ...resources }, network)
  const profile = await mkdtemp(join(tmpdir(), 'wasm-cos-bench-'))
  // A profile in memory would keep the storage in memory too.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    args: [...chromiumArgs, ...args],
  })
  return {
    version: context.browser()?.version() ?? '',
    context,

    /**
     * Opens a page in a tab and a process of its own, and closes it again.
     *
     * @template T
     * @param {string} path Of the page, which sets the global `bench` when it is ready.
     * @param {(page: import('playwright-core').Page) => Promise<T>} work What to do there.
     */
    async visit(path, work) {
      const page = await context.newPage()
      page.on('pageerror', (error) => console.error(String(error)))
      await page.goto(`${server.url}${path}`)
      await page.waitForFunction(() => 'bench' in globalThis)
      await delay(settling)
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
 * A script to be served.
 *
 * @param {string | URL} body Its text or its file.
 * @returns {import('./server.mjs').Resource} For `startVisitor`.
 */
export function script(body) {
  return { type: 'text/javascript', body }
}

/**
 * A page to be served.
 *
 * @param {string[]} classic URLs of scripts.
 * @param {string} module The URL of its module.
 * @returns {import('./server.mjs').Resource} For `startVisitor`.
 */
export function page(classic, module) {
  const tags = [
    ...classic.map((url) => `<script src="${url}"></script>`),
    `<script type="module" src="${module}"></script>`,
  ]
  return { type: 'text/html', body: `<!doctype html>${tags.join('')}` }
}
