import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

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
    ['no algorithm at all, to write', [{ algorithm: 'not-a-hash', value }, { create: true }]],
    ['uppercase', [{ algorithm: 'SHA-256', value: value.toUpperCase() }]],
    ['a short hash', [{ algorithm: 'SHA-256', value: value.slice(1) }]],
    ['a long hash', [{ algorithm: 'SHA-256', value: `${value}a` }]],
    ['a hash of other letters', [{ algorithm: 'SHA-256', value: 'g'.repeat(64) }]],
    ['options that are text', [hash, 'create']],
    ['an origin of one word', [hash, { create: true, origins: 'one.example' }]],
    ['one origin in a list that is none', [hash, { create: true, origins: ['https://one.example', 'none'] }]],
    ["'*' in a list", [hash, { create: true, origins: ['https://one.example', '*'] }]],
    ['an opaque origin', [hash, { create: true, origins: ['data:text/plain,opaque'] }]],
    [
      '101 origins',
      [hash, { create: true, origins: Array.from({ length: 101 }, (_, i) => `https://${i}.example`) }],
    ],
    ['malformed origins of a lookup', [hash, { origins: ['one.example'] }]],
  ])('%s: rejects with a TypeError', async (_, args) => {
    const observed = await page.evaluate(
      (args) => observe(() => navigator.crossOriginStorage.getFileHandle(...(args as [unknown]))),
      args,
    )
    expect(observed).toEqual({ how: 'rejected', what: 'TypeError', isDOMException: false })
  })

  test('leave nothing behind', async () => {
    const results = await page.evaluate(async () => [await write('bytes', 'nowhere'), await read('bytes')])
    expect(results).toEqual(['TypeError', 'NotFoundError'])
  })
})

test.each([
  { origins: '*' },
  { origins: [] },
  { origins: 'https://one.example' },
  { origins: ['https://one.example/path', 'http://one.example'] },
  { origins: Array.from({ length: 100 }, (_, i) => `https://${i}.example`) },
])('%j are fine', async ({ origins }) => {
  expect(await page.evaluate((origins) => write('bytes', origins), origins)).toBe('stored')
})

test('the algorithm is named in any case', async () => {
  const results = await page.evaluate(async () => {
    const { value } = await hashOf('bytes')
    return [await write('bytes', undefined, { algorithm: 'sha-256', value }), await read('bytes')]
  })
  expect(results).toEqual(['stored', 'bytes'])
})
