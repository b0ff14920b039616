import { type CosHost, startCosHost } from '@wasm-cos/cos-host'
import { launch, revisit, serve, visit, type Visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCell } from '../app.ts'
import { type Cell, cells } from '../table.ts'

let browser: Browser
let host: CosHost

beforeAll(async () => {
  browser = await launch()
  host = await startCosHost()
})

afterAll(async () => {
  await browser?.close()
  await host?.close()
})

/** Where the stub runs: the page, or its worker. */
function loaderOf({ page }: Visit, { style }: Cell) {
  return style.inWorker ? page.workers()[0]! : page
}

describe.each(cells.map((cell) => [cell.label, cell] as const))('%s', (_, cell) => {
  let outDir: string

  beforeAll(async () => {
    outDir = await buildCell(cell)
  })

  test('without Cross-Origin Storage, the page loads its wasm once', async () => {
    const site = await serve(outDir)
    const context = await browser.newContext()
    const { result, events } = await visit(context, site.url)
    expect(result).toBe(cell.style.result)
    expect(site.requested(/\.wasm(\?|$)/)).toHaveLength(1)
    expect(events).toEqual([])
    await context.close()
    await site.close()
  })

  test('one origin downloads and stores, another origin and a reload download nothing', async () => {
    await host.clear()
    const html = withScript(host.scriptUrl)
    const [a, b] = await Promise.all([serve(outDir, { html }), serve(outDir, { html })])
    const context = await browser.newContext()

    const first = await visit(context, a.url)
    expect(first.result).toBe(cell.style.result)
    expect(first.events.map(({ type }) => type)).toContain('miss')
    expect(a.requested(/\.wasm(\?|$)/)).toHaveLength(1)
    await waitForEvents(loaderOf(first, cell), 'store')

    const second = await visit(context, b.url)
    expect(second.result).toBe(cell.style.result)
    expect(second.events.map(({ type }) => type)).toEqual(['hit'])
    expect(b.requested(/\.wasm(\?|$)/)).toEqual([])

    a.forget()
    const again = await revisit(first)
    expect(again.result).toBe(cell.style.result)
    expect(a.requested(/\.wasm(\?|$)/)).toEqual([])

    await context.close()
    await Promise.all([a.close(), b.close()])
  })
})
