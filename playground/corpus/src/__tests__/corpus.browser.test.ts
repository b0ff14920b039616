import { launch } from '@wasm-cos/harness'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBundle, type Versions } from '../bundle.ts'
import { bundles } from '../bundles.ts'
import { type Corpus, serveCorpus } from '../server.ts'

// Each bundle is loaded as it is, and with the edit, which gives it a stub, beside a wasm file: nobody can tell.

let versions: Versions[]
let corpus: Corpus
let browser: Browser
let page: Page
/** What was requested, by the version and number of the bundle: `/plain/7/`. */
const requests = new Map<string, string[]>()

beforeAll(async () => {
  versions = bundles.map(readBundle)
  corpus = await serveCorpus(bundles, versions)
  browser = await launch()
  page = await browser.newPage()
  // Nothing leaves this machine.
  await page.route(
    (url) => url.origin !== new URL(corpus.url).origin,
    (route) => route.abort(),
  )
  page.on('request', (request) => {
    const { url } = { url: request.url().replace(corpus.url, '/') }
    const of = /^\/(?:plain|edited)\/\d+\//.exec(request.frame().url().replace(corpus.url, '/'))?.[0]
    if (of !== undefined && !url.endsWith(of)) {
      requests.set(of, [...(requests.get(of) ?? []), `${request.method()} ${url.replace(of, '')}`])
    }
  })
  await page.goto(corpus.url)
})

afterAll(async () => {
  await browser?.close()
  await corpus?.close()
  const edited = versions.filter(({ edited, plain }) => edited !== plain).length
  console.log(`${bundles.length} bundles, ${edited} with the edit`)
})

/** What can be seen of a bundle in a page of its own. */
async function load(path: string, use: string | undefined) {
  const seen = await page.evaluate(
    async ([path, use]) => {
      const frame = document.createElement('iframe')
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
      frame.src = path!
      document.body.append(frame)
      await loaded
      const seen = await (
        frame.contentWindow as unknown as { finish: (use?: string) => Promise<object> }
      ).finish(use)
      frame.remove()
      return seen
    },
    [path, use] as const,
  )
  return { ...seen, requests: (requests.get(path) ?? []).toSorted() }
}

describe('as it is and with the edit', () => {
  test.each(bundles.map((bundle, index) => [bundle.from.join('/'), bundle, index] as const))(
    '%s',
    async (_, { use }, index) => {
      const { plain, edited, warnings } = versions[index]!
      expect(warnings).toEqual([])
      expect(edited).not.toBe(plain)
      const before = await load(`/plain/${index}/`, use)
      expect(await load(`/edited/${index}/`, use)).toEqual(before)
      expect(before).toMatchObject({ loaded: '42' })
    },
  )
})
