import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

let pages: TestPages
beforeAll(async () => {
  pages = await startTestPages()
})
afterEach(async () => {
  await pages.host.clear()
  await Promise.all(pages.context.pages().map((page) => page.close()))
})
afterAll(() => pages.close())

const at = (hostname: string, port: 0 | 1) => `${hostname}:${pages.ports[port]}`

async function readAt(authority: string): Promise<string> {
  const page = await pages.open(authority)
  return page.evaluate(() => read('bytes'))
}

test("a file for everyone ('*') is read on another site", async () => {
  const page = await pages.open(at('localhost', 0))
  expect(await page.evaluate(() => write('bytes', '*'))).toBe('stored')

  expect(await readAt(at('localhost', 0))).toBe('bytes')
  expect(await readAt(at('127.0.0.1', 1))).toBe('bytes')
})

test('without "origins" a file is read on the same site only, whatever the port', async () => {
  const page = await pages.open(at('localhost', 0))
  expect(await page.evaluate(() => write('bytes'))).toBe('stored')

  expect(await readAt(at('localhost', 1))).toBe('bytes')
  expect(await readAt(at('127.0.0.1', 0))).toBe('NotFoundError')
  expect(await readAt(at('a.localhost', 0))).toBe('NotFoundError')
})

test('subdomains of one name under localhost are one site', async () => {
  const page = await pages.open(at('x.shop.localhost', 0))
  expect(await page.evaluate(() => write('bytes'))).toBe('stored')

  expect(await readAt(at('y.shop.localhost', 1))).toBe('bytes')
  expect(await readAt(at('bank.localhost', 0))).toBe('NotFoundError')
})

test('a list opens a file to its origins, which are compared with their ports', async () => {
  const listed = `http://${at('localhost', 0)}`
  const page = await pages.open(at('127.0.0.1', 0), `/?allow=${listed}`)
  expect(await page.evaluate((listed) => write('bytes', [listed]), listed)).toBe('stored')

  expect(await readAt(at('127.0.0.1', 0))).toBe('bytes')
  expect(await readAt(at('localhost', 0))).toBe('bytes')
  expect(await readAt(at('localhost', 1))).toBe('NotFoundError')
})

test('a later store widens who may read, for other sites too', async () => {
  const page = await pages.open(at('localhost', 0))
  await page.evaluate(() => write('bytes'))
  expect(await readAt(at('127.0.0.1', 0))).toBe('NotFoundError')

  expect(await page.evaluate(() => write('bytes', '*'))).toBe('stored')
  expect(await readAt(at('127.0.0.1', 0))).toBe('bytes')
})

test('a later list widens an earlier one', async () => {
  const [first, second] = [`http://${at('a.localhost', 0)}`, `http://${at('b.localhost', 0)}`]
  const page = await pages.open(at('127.0.0.1', 0), `/?allow=${first}, ${second}`)
  await page.evaluate((first) => write('bytes', [first]), first)
  expect(await readAt(at('b.localhost', 0))).toBe('NotFoundError')
  await page.evaluate((second) => write('bytes', [second]), second)
  expect(await readAt(at('a.localhost', 0))).toBe('bytes')
  expect(await readAt(at('b.localhost', 0))).toBe('bytes')
})

test('whoever supplies the bytes may read them, and their site', async () => {
  const page = await pages.open(at('localhost', 0))
  await page.evaluate(() => write('bytes'))
  const other = await pages.open(at('127.0.0.1', 0))
  await other.evaluate(() => write('bytes'))

  expect(await readAt(at('127.0.0.1', 1))).toBe('bytes')
  expect(await readAt(at('localhost', 1))).toBe('bytes')
  expect(await readAt(at('a.localhost', 1))).toBe('NotFoundError')
})

test('a list is kept when the file is opened to everyone, and the other way round', async () => {
  const listed = `http://${at('localhost', 0)}`
  const page = await pages.open(at('127.0.0.1', 0), `/?allow=${listed}`)
  await page.evaluate((listed) => write('bytes', listed), listed)
  expect(await page.evaluate(() => write('bytes', '*'))).toBe('stored')
  expect(pages.host.entries()).toMatchObject([{ origins: [listed], everyone: true }])
  expect(await page.evaluate(() => write('bytes'))).toBe('stored')
  expect(pages.host.entries()).toMatchObject([{ origins: [listed], everyone: true }])
  expect(await readAt(at('localhost', 0))).toBe('bytes')
})

test('a site that has not stored a file widens it by supplying the bytes', async () => {
  const page = await pages.open(at('localhost', 0))
  await page.evaluate(() => write('bytes'))
  const listed = `http://${at('a.localhost', 0)}`
  const other = await pages.open(at('127.0.0.1', 0), `/?allow=${listed}`)
  expect(await readAt(at('a.localhost', 0))).toBe('NotFoundError')
  await other.evaluate((listed) => write('bytes', [listed]), listed)
  expect(await readAt(at('a.localhost', 0))).toBe('bytes')
})

test('an empty list opens a file to nobody but the site', async () => {
  const page = await pages.open(at('localhost', 0))
  await page.evaluate(() => write('bytes', []))
  expect(await readAt(at('localhost', 1))).toBe('bytes')
  expect(await readAt(at('127.0.0.1', 0))).toBe('NotFoundError')
})

test('a list grows with many stores, and what does not fit is dropped with a warning', async () => {
  const origins = Array.from({ length: 110 }, (_, index) => `https://${index}.example`)
  const page = await pages.open(at('localhost', 0), `/?allow=${origins}`)
  const printed: string[] = []
  page.on('console', (message) => printed.push(message.text()))
  const results = await page.evaluate(async (origins) => {
    const results = await Promise.all(origins.slice(0, 20).map((origin) => write('bytes', [origin])))
    return [...results, await write('bytes', origins.slice(20, 110)), await read('bytes')]
  }, origins)
  expect(new Set(results)).toEqual(new Set(['stored', 'bytes']))
  expect(pages.host.entries()[0]!.origins).toHaveLength(100)
  expect(printed).toEqual([
    expect.stringContaining("https://109.example: the file's list of origins is full"),
  ])
})

test('an opaque origin has no storage', async () => {
  const page = await pages.open(at('localhost', 0))
  await page.evaluate(() => write('bytes', '*'))
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.sandbox.add('allow-scripts')
    frame.src = '/'
    document.body.append(frame)
    return new Promise((resolve) => frame.addEventListener('load', resolve))
  })
  const [, frame] = page.frames()
  expect(await frame?.evaluate(() => self.origin)).toBe('null')
  expect(await frame?.evaluate(async () => [await read('bytes'), await write('bytes')])).toEqual([
    'NotAllowedError',
    'NotAllowedError',
  ])
})
