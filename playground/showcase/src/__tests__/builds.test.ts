import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import {
  extensionPath,
  launch,
  revisit,
  serve,
  visit,
  waitForEvents,
  withExtension,
  withScript,
} from '@wasm-cos/harness'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builds, outputOf } from '../builds.mjs'

/** What the query answers, whoever built the page. */
const answer = /^Top 5 of 5,000 orders.*Flat white9761,955€8,211.*Cold brew395796€3,821$/

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})

afterAll(() => browser?.close())

/** Every build on an origin of its own, closed when the test ends. */
async function serveAll(host?: CosHost) {
  const options = host === undefined ? {} : { html: withScript(host.scriptUrl) }
  const sites = await Promise.all(builds.map((build) => serve(outputOf(build), options)))
  return {
    sites,
    async [Symbol.asyncDispose]() {
      await Promise.all([...sites, ...(host === undefined ? [] : [host])].map((server) => server.close()))
    },
  }
}

/** The first build downloads and stores; every other origin, and a reload, find what it stored. */
async function expectOneDownload(context: BrowserContext, sites: Awaited<ReturnType<typeof serve>>[]) {
  const [first, ...others] = sites
  const downloaded = await visit(context, first!.url)
  expect(downloaded.result).toMatch(answer)
  expect(downloaded.events.map(({ type }) => type)).toContain('miss')
  expect(first!.requested(/\.wasm$/)).toHaveLength(1)
  await waitForEvents(downloaded.page, 'store')

  for (const site of others) {
    const found = await visit(context, site.url)
    expect(found.result).toBe(downloaded.result)
    expect(found.events.map(({ type }) => type)).toEqual(['hit'])
    expect(site.requested(/\.wasm$/)).toEqual([])
  }

  first!.forget()
  expect((await revisit(downloaded)).result).toBe(downloaded.result)
  expect(first!.requested(/\.wasm$/)).toEqual([])
}

describe.each(builds.map(({ name }, index) => ({ name, index })))('$name', ({ index }) => {
  test('without COS: the plain page, one plain request', async () => {
    await using served = await serveAll()
    const site = served.sites[index]!
    const { result, events } = await visit(await browser.newContext(), site.url)
    expect(result).toMatch(answer)
    expect(events).toEqual([])
    expect(site.requested(/\.wasm$/)).toHaveLength(1)
  })

  test('visited first: downloads once, for all origins', async () => {
    const host = await startCosHost()
    await using served = await serveAll(host)
    const { sites } = served
    await expectOneDownload(await browser.newContext(), [sites[index]!, ...sites.toSpliced(index, 1)])
    expect(host.entries()).toHaveLength(1)
  })

  test.skipIf(extensionPath === undefined)('visited first, with the real extension', async () => {
    await using served = await serveAll()
    const { sites } = served
    const context = await withExtension()
    await expectOneDownload(context, [sites[index]!, ...sites.toSpliced(index, 1)])
    await context.close()
  })
})
