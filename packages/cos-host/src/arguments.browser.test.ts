import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './test-pages.ts'

let pages: TestPages
let page: Page
beforeAll(async () => {
  pages = await startTestPages()
  page = await pages.open(`localhost:${pages.ports[0]}`)
})
beforeEach(() => pages.host.clear())
afterAll(() => pages.close())

describe('malformed arguments', () => {
  const value = 'a'.repeat(64)
  const hash = { algorithm: 'SHA-256', value }
  test.each<[string, unknown[]]>([
    ['no hash', []],
    ['a hash that is text', [value]],
    ['no algorithm', [{ value }]],
    ['no value', [{ algorithm: 'SHA-256' }]],
    ['another algorithm', [{ algorithm: 'SHA-512', value }]],
    ['uppercase', [{ algorithm: 'SHA-256', value: value.toUpperCase() }]],
    ['a short hash', [{ algorithm: 'SHA-256', value: value.slice(1) }]],
    ['options that are text', [hash, 'create']],
    ['origins of one string', [hash, { create: true, origins: 'https://one.example' }]],
    ["'*' in a list", [hash, { create: true, origins: ['https://one.example', '*'] }]],
    ['an origin with a trailing slash', [hash, { create: true, origins: ['https://one.example/'] }]],
    ['an origin with a path', [hash, { create: true, origins: ['https://one.example/path'] }]],
    ['an origin with its default port', [hash, { create: true, origins: ['https://one.example:443'] }]],
    ['an insecure origin', [hash, { create: true, origins: ['http://one.example'] }]],
    ['no origin at all', [hash, { create: true, origins: ['one.example'] }]],
    ['malformed origins of a lookup', [hash, { origins: ['one.example'] }]],
  ])('%s: rejects with a TypeError', async (_, args) => {
    const observed = await page.evaluate(
      (args) => observe(() => navigator.crossOriginStorage.getFileHandle(...(args as [unknown]))),
      args,
    )
    expect(observed).toEqual({ how: 'rejected', what: 'TypeError', isDOMException: false })
  })

  test.each([{ origins: '*' }, { origins: [] }, { origins: ['https://one.example', 'http://localhost'] }])(
    '%j are fine',
    async ({ origins }) => {
      expect(await page.evaluate((origins) => write('bytes', origins), origins)).toBe('stored')
    },
  )
})
