import { startCosHost } from '@wasm-cos/cos-host'
import { extensionPath, visit, waitForEvents, withExtension, withScript } from '@wasm-cos/harness'
import { serveHere } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { builds, outputOf } from '../builds.mjs'

/** What the query answers, whoever built the page. */
const answer = /^Top 5 of 5,000 orders.*Flat white9761,955€8,211.*Cold brew395796€3,821$/

const shared = shareBrowser(() => startCosHost())

/** A build downloads and stores; the next build's origin, and a return to the first, find what it stored. */
async function expectOneDownload(
  where: BrowserContext | Page,
  index: number,
  html?: (text: string) => string,
) {
  const those = [builds[index]!, builds[(index + 1) % builds.length]!]
  const [first, next] = await Promise.all(
    those.map((build) => serveHere(outputOf(build), html === undefined ? {} : { html })),
  )
  const downloaded = await visit(where, first!.url)
  expect(downloaded.result).toMatch(answer)
  expect(downloaded.events.map(({ type }) => type)).toContain('miss')
  expect(first!.requested(/\.wasm$/)).toHaveLength(1)
  await waitForEvents(downloaded.page, 'store')

  const found = await visit(where, next!.url)
  expect(found.result).toBe(downloaded.result)
  expect(found.events.map(({ type }) => type)).toEqual(['hit'])
  expect(next!.requested(/\.wasm$/)).toEqual([])

  first!.forget()
  expect((await visit(where, first!.url)).result).toBe(downloaded.result)
  expect(first!.requested(/\.wasm$/)).toEqual([])
}

describe.each(builds.map((build, index) => ({ ...build, build, index })))('$name', ({ build, index }) => {
  test('without COS: the plain page, one plain request', async () => {
    const site = await serveHere(outputOf(build))
    const { result, events } = await visit(shared.tab, site.url)
    expect(result).toMatch(answer)
    expect(events).toEqual([])
    expect(site.requested(/\.wasm$/)).toHaveLength(1)
  })

  // Each build is the next one of another: all of them share one file.
  test('visited first: downloads once, for the next build as well', async () => {
    await shared.host.clear()
    await expectOneDownload(shared.tab, index, withScript(shared.host.scriptUrl))
    expect(shared.host.entries()).toHaveLength(1)
  })

  test('visited again: its own download, from the HTTP cache', async () => {
    await shared.host.clear()
    const headers = (path: string): Record<string, string> =>
      path.endsWith('.wasm') ? { 'Cache-Control': 'no-cache' } : {}
    const site = await serveHere(outputOf(build), { html: withScript(shared.host.scriptUrl), headers })
    const { page } = await visit(shared.tab, site.url)
    await waitForEvents(page, 'store')
    await page.waitForFunction(async () => (await (await caches.open('wasm-cos')).keys()).length > 0)
    const { result, events } = await visit(shared.tab, site.url)
    expect(result).toMatch(answer)
    expect(events.map(({ type }) => type)).toEqual(['cached'])
    expect(site.requested(/\.wasm$/)).toHaveLength(1)
  })

  test.skipIf(extensionPath === undefined)('visited first, with the real extension', async () => {
    const context = await withExtension()
    await expectOneDownload(context, index)
    await context.close()
  })
})
