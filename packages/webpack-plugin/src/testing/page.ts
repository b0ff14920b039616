import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CosHost } from '@wasm-cos/cos-host'
import { serve, visit, type Visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import type { Built } from './build.ts'

export type Site = Awaited<ReturnType<typeof serve>>

/** Modules for a project: each exports what a page or a worker shows in the end. */
export const helpers = {
  'show.js': `export function show(result) {
  document.querySelector('#result').textContent = String(result)
  document.documentElement.dataset.state = 'done'
}
addEventListener('unhandledrejection', ({ reason }) => {
  document.querySelector('#result').textContent = String(reason)
  document.documentElement.dataset.state = 'failed'
})
`,
  'query.js': `import initSqlJs from 'sql.js'
export async function query() {
  const locateFile = () => new URL('sql.js/dist/sql-wasm.wasm', import.meta.url).href
  const SQL = await initSqlJs({ locateFile })
  return String(new SQL.Database().exec('SELECT 6 * 7')[0].values)
}
`,
}

/** Writes the page that loads scripts one after the other. */
export async function writePage(
  { folder }: Pick<Built, 'folder'>,
  scripts: string[],
  attributes = 'defer',
): Promise<void> {
  const tags = scripts.map((script) => `<script ${attributes} src="${script}"></script>`)
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html><head><meta charset="utf-8">${tags.join('')}</head><body><pre id="result"></pre></body></html>`,
  )
}

/** Serves a folder on an origin of its own until the test ends. */
export async function serveHere(...args: Parameters<typeof serve>): Promise<Site> {
  const site = await serve(...args)
  onTestFinished(() => site.close())
  return site
}

/** What a page must do, and where. */
export interface Expectation {
  result: string
  /** Path of the page. */
  path?: string
  /** How many wasm files it loads. */
  count?: number
  inWorker?: boolean
  /** Where the wasm is requested from, if not from the page's origin. */
  cdn?: Site
}

/**
 * Visits a built page without Cross-Origin Storage, then with: where nothing is stored, and on another origin. It
 * must show the right result and download each wasm file once.
 */
export async function expectShared(
  browser: Browser,
  host: CosHost,
  folder: string,
  { result, path = '', count = 1, inWorker = false, cdn }: Expectation,
): Promise<void> {
  await host.clear()
  const html = withScript(host.scriptUrl)
  const plain = await serveHere(folder)
  const [first, second] = [await serveHere(folder, { html }), await serveHere(folder, { html })]
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const requests = (site: Site) => (cdn ?? site).requested(/\.wasm(\?|$)/)
  const go = async (site: Site) => {
    cdn?.forget()
    const visited = await visit(context, site.url + path)
    expect(visited.result).toBe(result)
    return visited
  }
  const loader = ({ page }: Visit) => (inWorker ? page.workers()[0]! : page)

  expect((await go(plain)).events).toEqual([])
  expect(requests(plain)).toHaveLength(count)

  const missed = await go(first)
  expect(missed.events.filter(({ type }) => type === 'miss')).toHaveLength(count)
  expect(requests(first)).toHaveLength(count)
  await waitForEvents(loader(missed), 'store', count)

  const hit = await go(second)
  expect(hit.events.map(({ type }) => type)).toEqual(Array.from({ length: count }, () => 'hit'))
  expect(requests(second)).toEqual([])
}
