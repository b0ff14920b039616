import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CosHost, type CosHostOptions, startCosHost } from '@wasm-cos/cos-host'
import { launch, makeWasm, serve, sha256, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import { esbuild } from '../bundlers/esbuild.ts'

// Who finds what a built page has stored, where a browser's own rules hold: a Public Hash List, and headers.

type Site = Awaited<ReturnType<typeof serve>>

let browser: Browser
let host: CosHost
let app: string
let site: Site
beforeAll(async () => {
  browser = await launch()
  app = await prepareApp('asset-url', esbuild, 'disclosure')
})
afterEach(() => Promise.all([site.close(), host.close()]))
afterAll(() => browser.close())

/** The page under another name: `one.localhost` and `two.localhost` are two sites, `www.one.localhost` is of the first. */
const at = (name: string) => site.url.replace('localhost', name)
const originAt = (name: string) => new URL(at(name)).origin

/** Serves the page on one port, whose pages have this header. */
async function start(
  options: CosHostOptions,
  header?: (originAt: (name: string) => string) => string,
): Promise<void> {
  host = await startCosHost(options)
  site = await serve(join(app, 'dist'), {
    html: withScript(host.scriptUrl),
    headers: (path): Record<string, string> =>
      header !== undefined && path === '/' ? { 'Cross-Origin-Storage-Allow-Origin': header(originAt) } : {},
  })
}

async function build(origins: '*' | string[]): Promise<void> {
  await esbuild.build({ app, outDir: join(app, 'dist'), options: { origins } })
  await writePage(join(app, 'dist'), esbuild.page)
}

/** Visits one name after the other: who downloads, and who finds the file. */
async function visitAll(
  ...names: string[]
): Promise<[name: string, found: 'hit' | 'miss', downloads: number][]> {
  const context = await browser.newContext()
  const visits: [string, 'hit' | 'miss', number][] = []
  for (const name of names) {
    site.forget()
    const { page, result, events } = await visit(context, at(name))
    expect(result).toBe('42')
    const found = events[0]!.type
    if (found === 'miss') await waitForEvents(page, 'store')
    visits.push([name, found as 'hit' | 'miss', site.requested(/\.wasm$/).length])
  }
  await context.close()
  return visits
}

describe('stored for everyone, under a Public Hash List', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wasm-cos-list-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function listOf(bytes: Uint8Array): Promise<string> {
    const file = join(folder, 'public-hash-list.dat')
    const hash = sha256(bytes)
    await writeFile(file, `// ===BEGIN SHA-256===\n${hash}\n// ===END SHA-256===\n`)
    return file
  }

  test('a file that is listed is found by every site', async () => {
    await start({ publicHashList: await listOf(makeWasm(42)) })
    await build('*')
    expect(await visitAll('one.localhost', 'two.localhost', 'three.localhost')).toEqual([
      ['one.localhost', 'miss', 1],
      ['two.localhost', 'hit', 0],
      ['three.localhost', 'hit', 0],
    ])
  })

  test('one that is not listed is found by the site that stored it', async () => {
    await start({ publicHashList: await listOf(makeWasm(13)) })
    await build('*')
    expect(
      await visitAll('one.localhost', 'two.localhost', 'www.one.localhost', 'shop.two.localhost'),
    ).toEqual([
      ['one.localhost', 'miss', 1],
      ['two.localhost', 'miss', 1],
      ['www.one.localhost', 'hit', 0],
      ['shop.two.localhost', 'hit', 0],
    ])
  })
})

describe('stored for a list of origins', () => {
  const found = [
    ['one.localhost', 'miss', 1],
    ['localhost', 'hit', 0],
    ['stranger.localhost', 'miss', 1],
    ['www.one.localhost', 'hit', 0],
  ]
  const notFound = [
    ['one.localhost', 'miss', 1],
    ['localhost', 'miss', 1],
    ['stranger.localhost', 'miss', 1],
    ['www.one.localhost', 'hit', 0],
  ]

  test.each<[string, typeof found, ((originAt: (name: string) => string) => string) | undefined]>([
    ['named by the page’s header, by that origin', found, (originAt) => originAt('localhost')],
    ['without that header, by its site alone', notFound, undefined],
    [
      'with a bad token in the header, by its site alone',
      notFound,
      (originAt) => `${originAt('localhost')}, *`,
    ],
    ['with a header for others, by its site alone', notFound, (originAt) => originAt('stranger.localhost')],
  ])('%s', async (_, expected, header) => {
    await start({}, header)
    await build([originAt('localhost')])
    expect(await visitAll('one.localhost', 'localhost', 'stranger.localhost', 'www.one.localhost')).toEqual(
      expected,
    )
  })
})
