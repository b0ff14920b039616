import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

// The header Cross-Origin-Storage-Allow-Origin of the page that stores bounds the origins that it may list:
// https://wicg.github.io/cross-origin-storage/#allow-origin-header

let pages: TestPages
beforeAll(async () => {
  pages = await startTestPages()
})
afterEach(async () => {
  await pages.host.clear()
  await Promise.all(pages.context.pages().map((page) => page.close()))
})
afterAll(() => pages.close())

const at = (hostname: string) => `${hostname}:${pages.ports[0]}`
const friend = () => `http://${at('friend.localhost')}`
const stranger = () => `http://${at('stranger.localhost')}`

async function readAt(hostname: string): Promise<string> {
  const page = await pages.open(at(hostname))
  return page.evaluate(() => read('bytes'))
}

function warnings(page: Page): string[] {
  const printed: string[] = []
  page.on('console', (message) => printed.push(message.text()))
  return printed
}

test('an origin that is listed and that the header names reads the file', async () => {
  const page = await pages.open(at('localhost'), `/?allow=${friend()}, ${stranger()}`)
  const printed = warnings(page)
  expect(await page.evaluate((origin) => write('bytes', [origin]), friend())).toBe('stored')
  expect(await readAt('friend.localhost')).toBe('bytes')
  expect(await readAt('stranger.localhost')).toBe('NotFoundError')
  expect(printed).toEqual([])
})

test.each([
  ['no header', () => ''],
  ['a header that names another', () => `?allow=${stranger()}`],
  ['a header of which one token is none', () => `?allow=${friend()}, nowhere`],
  ["a header that has '*'", () => `?allow=${friend()}, *`],
  ['a header with spaces instead of commas', () => `?allow=${friend()} ${stranger()}`],
])(
  'with %s a listed origin is dropped, and the console says so; the site keeps the file',
  async (_, query) => {
    const page = await pages.open(at('localhost'), `/${query()}`)
    const printed = warnings(page)
    expect(await page.evaluate((origin) => write('bytes', [origin]), friend())).toBe('stored')
    expect(await readAt('friend.localhost')).toBe('NotFoundError')
    expect(await page.evaluate(() => read('bytes'))).toBe('bytes')
    expect(printed).toEqual([expect.stringContaining(`not shared with ${friend()}`)])
  },
)

test("'*' needs no header", async () => {
  const page = await pages.open(at('localhost'))
  expect(await page.evaluate(() => write('bytes', '*'))).toBe('stored')
  expect(await readAt('friend.localhost')).toBe('bytes')
})

test('a page whose headers cannot be asked for is told', async () => {
  const page = await pages.open(at('localhost'), `/?allow-origin=${friend()}`)
  await page.evaluate((origin) => write('bytes', [origin]), friend())
  expect(await readAt('friend.localhost')).toBe('bytes')
})

test.each(['a file', 'a blob'])('a worker made from %s has the header of its page', async (kind) => {
  const page = await pages.open(at('localhost'), `/?allow=${friend()}`)
  const result = await page.evaluate(
    ({ isBlob, origin }) => {
      const load = new URL('/list.js', location.href).href
      const url = isBlob ? URL.createObjectURL(new Blob([`importScripts('${load}')`])) : load
      return ask(new Worker(url), origin)
    },
    { isBlob: kind === 'a blob', origin: friend() },
  )
  expect(result).toBe('stored')
  expect(await readAt('friend.localhost')).toBe('bytes')
})

test('a page that lists nobody is not asked for its headers', async () => {
  const page = await pages.open(at('localhost'))
  const requests: string[] = []
  page.on('request', (request) => requests.push(new URL(request.url()).pathname.split('/')[1]!))
  await page.evaluate(async () => [await write('bytes'), await write('bytes', '*'), await read('bytes')])
  expect(requests).toEqual(['write', 'write', 'lookup', 'read'])
})
