import { startCosHost } from '@wasm-cos/cos-host'
import { serve, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'

/**
 * The browser test of every build: without Cross-Origin Storage the plain page; with it, the first origin downloads
 * once and stores, and the second one requests no wasm at all.
 *
 * @param folder The site, served from two origins.
 * @param answer What the page shows.
 */
export async function expectOneDownload(browser: Browser, folder: string, answer: RegExp): Promise<void> {
  const host = await startCosHost()
  const html = withScript(host.scriptUrl)
  const plain = await serve(folder)
  const first = await serve(folder, { html })
  const second = await serve(folder, { html })
  const context = await browser.newContext()
  try {
    const without = await visit(await browser.newContext(), plain.url)
    expect(without.result).toMatch(answer)
    expect(without.events).toEqual([])
    expect(plain.requested(/\.wasm$/)).toHaveLength(1)

    const missed = await visit(context, first.url)
    expect(missed.result).toMatch(answer)
    expect(missed.events.map(({ type }) => type)).toContain('miss')
    expect(first.requested(/\.wasm$/)).toHaveLength(1)
    await waitForEvents(missed.page, 'store')

    const hit = await visit(context, second.url)
    expect(hit.result).toBe(missed.result)
    expect(hit.events.map(({ type }) => type)).toEqual(['hit'])
    expect(second.requested(/\.wasm$/)).toEqual([])
  } finally {
    await context.close()
    await Promise.all([host, plain, first, second].map((server) => server.close()))
  }
}
