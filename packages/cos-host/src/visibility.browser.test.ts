import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './test-pages.ts'

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
  const page = await pages.open(at('127.0.0.1', 0))
  const listed = `http://${at('localhost', 0)}`
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

test('whoever supplies the bytes may read them, and their site', async () => {
  const page = await pages.open(at('localhost', 0))
  await page.evaluate(() => write('bytes'))
  const other = await pages.open(at('127.0.0.1', 0))
  await other.evaluate(() => write('bytes'))

  expect(await readAt(at('127.0.0.1', 1))).toBe('bytes')
  expect(await readAt(at('localhost', 1))).toBe('bytes')
  expect(await readAt(at('a.localhost', 1))).toBe('NotFoundError')
})

test('a narrower store is ignored', async () => {
  const page = await pages.open(at('localhost', 0))
  await page.evaluate(() => write('bytes', '*'))
  expect(await page.evaluate(() => write('bytes'))).toBe('stored')
  expect(await page.evaluate(() => write('bytes', ['https://one.example']))).toBe('stored')

  expect(await readAt(at('127.0.0.1', 1))).toBe('bytes')
  expect(pages.host.entries()).toMatchObject([{ origins: '*', storedBy: [`http://${at('localhost', 0)}`] }])
})

test('an opaque origin reads what is for everyone and nothing else, and cannot store', async () => {
  const page = await pages.open(at('localhost', 0))
  await page.evaluate(() => write('for everyone', '*'))
  await page.evaluate(() => write('for the site'))

  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.sandbox.add('allow-scripts')
    frame.src = '/'
    document.body.append(frame)
    return new Promise((resolve) => frame.addEventListener('load', resolve))
  })
  const [, frame] = page.frames()
  expect(await frame?.evaluate(() => self.origin)).toBe('null')
  expect(await frame?.evaluate(() => read('for everyone'))).toBe('for everyone')
  expect(await frame?.evaluate(() => read('for the site'))).toBe('NotFoundError')
  expect(await frame?.evaluate(() => write('of the frame'))).toBe('NotAllowedError')
  expect(pages.host.entries()).toHaveLength(2)
})
