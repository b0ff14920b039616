import { startCosHost } from '@wasm-cos/cos-host'
import { resultOf } from '@wasm-cos/harness'
import type { Browser, BrowserContext } from 'playwright-core'
import { vi } from 'vitest'

/** What three visitors saw of a site. */
export interface Seen {
  /** What the page showed: without Cross-Origin Storage, on a first visit, where another origin has stored the files. */
  results: { plain: string; miss: string; hit: string }
  /** The paths of wasm that each of them asked the network for. */
  requests: { plain: string[]; hit: string[] }
}

/**
 * Visits a page on one origin without Cross-Origin Storage, then on both with it.
 *
 * @param origins Two servers of the site.
 * @param page The path of the page.
 */
export async function visitThrice(browser: Browser, origins: [string, string], page = ''): Promise<Seen> {
  const host = await startCosHost()
  const contexts = await Promise.all([browser.newContext(), browser.newContext()])
  try {
    const [without, visitor] = contexts
    const plain = await visit(without, origins[0] + page)
    await visitor.addInitScript({ content: await (await fetch(host.scriptUrl)).text() })
    const miss = await visit(visitor, origins[0] + page)
    // Storing goes on in the background. Where nothing is stored, that cannot be awaited.
    const count = new Set(miss.wasm).size
    await vi.waitUntil(() => host.entries().length >= count, { timeout: 5000 }).catch(() => undefined)
    const hit = await visit(visitor, origins[1] + page)
    return {
      results: { plain: plain.result, miss: miss.result, hit: hit.result },
      requests: { plain: plain.wasm, hit: hit.wasm },
    }
  } finally {
    await Promise.all(contexts.map((context) => context.close()))
    await host.close()
  }
}

async function visit(context: BrowserContext, url: string): Promise<{ result: string; wasm: string[] }> {
  const page = await context.newPage()
  const wasm: string[] = []
  // Those of service workers too.
  context.on('request', (request) => {
    const { pathname, origin } = new URL(request.url())
    if (origin === new URL(url).origin && pathname.endsWith('.wasm')) wasm.push(pathname)
  })
  const result = await resultOf(page, () => page.goto(url, { timeout: 120_000 }), 120_000)
  // A hint, or a service worker, downloads when the page is at rest.
  await page.waitForLoadState('networkidle')
  return { result, wasm }
}
