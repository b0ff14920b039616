import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { waitForEvents } from './events.ts'
import { serve, withScript } from './serve.mjs'
import { visit, type Visit } from './visit.ts'

/** A server of a folder, with its log. */
export type Site = Awaited<ReturnType<typeof serve>>

/** What a page is to do. */
export interface Expected {
  /** What it shows: a text, or what is like it. */
  result: string | RegExp
  /** The path of the page, `''` if not given. */
  path?: string
  /** How many wasm files it loads, one if not given. */
  files?: number
  /** Whether its worker loads them. */
  inWorker?: boolean
  /** The server that has the wasm, the page's own if not given. */
  cdn?: Site
}

/** A Cross-Origin Storage for pages that are served with its script. */
interface Storage {
  scriptUrl: string
  clear(): unknown
}

/** Serves a folder on an origin of its own until the test ends. */
export async function serveHere(...args: Parameters<typeof serve>): Promise<Site> {
  const site = await serve(...args)
  onTestFinished(() => site.close())
  return site
}

/** What a page does without Cross-Origin Storage, {@link expectPlainLoad}, and with it, {@link expectSharedLoads}. */
export async function expectLoads(
  { tab, host }: { tab: Page; host: Storage },
  folder: string,
  expected: Expected,
): Promise<void> {
  await expectPlainLoad(tab, folder, expected)
  await expectSharedLoads(tab, host, folder, expected)
}

/** Without Cross-Origin Storage, a page loads each wasm file once. */
export async function expectPlainLoad(tab: Page, folder: string, expected: Expected): Promise<void> {
  const site = await serveHere(folder)
  const { events, requests } = await load(tab, site, expected)
  expect(requests).toHaveLength(expected.files ?? 1)
  expect(events).toEqual([])
}

/** With it, one origin downloads and stores; another origin and a return to the first download nothing. */
export async function expectSharedLoads(
  tab: Page,
  storage: Storage,
  folder: string,
  expected: Expected,
): Promise<void> {
  const { files = 1, inWorker = false } = expected
  await storage.clear()
  const html = withScript(storage.scriptUrl)
  const [a, b] = await Promise.all([serveHere(folder, { html }), serveHere(folder, { html })])

  const first = await load(tab, a, expected)
  expect(first.events.filter(({ type }) => type === 'miss')).toHaveLength(files)
  expect(first.requests).toHaveLength(files)
  await waitForEvents(inWorker ? tab.workers()[0]! : tab, 'store', files)

  const second = await load(tab, b, expected)
  expect(second.events.map(({ type }) => type)).toEqual(Array.from({ length: files }, () => 'hit'))
  expect(second.requests).toEqual([])

  const again = await load(tab, a, expected)
  expect(again.requests).toEqual([])
}

/** Loads a site's page in a tab: what it did, and the paths of the wasm that was requested. */
async function load(
  tab: Page,
  site: Site,
  { result, path = '', cdn = site }: Expected,
): Promise<Visit & { requests: string[] }> {
  cdn.forget()
  const visited = await visit(tab, site.url + path)
  expect(visited.result).toEqual(typeof result === 'string' ? result : expect.stringMatching(result))
  return { ...visited, requests: cdn.requested(/\.wasm(\?|$)/) }
}
