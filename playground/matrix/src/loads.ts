import type { CosHost } from '@wasm-cos/cos-host'
import { revisit, serve, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'

const wasm = /\.wasm(\?|$)/

/** What a page is to do. */
export interface Expected {
  /** What it shows. */
  result: string
  /** How many wasm files it loads, one if not given. */
  files?: number
  /** Whether its worker loads them. */
  inWorker?: boolean
}

/** Without Cross-Origin Storage, a page loads each wasm file once. */
export async function expectPlainLoad(
  browser: Browser,
  outDir: string,
  { result, files = 1 }: Expected,
): Promise<void> {
  const site = await serve(outDir)
  const context = await browser.newContext()
  const first = await visit(context, site.url)
  expect(first.result).toBe(result)
  expect(site.requested(wasm)).toHaveLength(files)
  expect(first.events).toEqual([])
  await context.close()
  await site.close()
}

/** With it, one origin downloads and stores; another origin and a reload download nothing. */
export async function expectSharedLoads(
  browser: Browser,
  host: CosHost,
  outDir: string,
  { result, files = 1, inWorker = false }: Expected,
): Promise<void> {
  await host.clear()
  const html = withScript(host.scriptUrl)
  const [a, b] = await Promise.all([serve(outDir, { html }), serve(outDir, { html })])
  const context = await browser.newContext()

  const first = await visit(context, a.url)
  expect(first.result).toBe(result)
  expect(first.events.map(({ type }) => type)).toContain('miss')
  expect(a.requested(wasm)).toHaveLength(files)
  await waitForEvents(inWorker ? first.page.workers()[0]! : first.page, 'store', files)

  const second = await visit(context, b.url)
  expect(second.result).toBe(result)
  expect(second.events.map(({ type }) => type)).toEqual(Array.from({ length: files }, () => 'hit'))
  expect(b.requested(wasm)).toEqual([])

  a.forget()
  const again = await revisit(first)
  expect(again.result).toBe(result)
  expect(a.requested(wasm)).toEqual([])

  await context.close()
  await Promise.all([a.close(), b.close()])
}
