import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

// https://wicg.github.io/cross-origin-storage/#permissions-policy-integration

let pages: TestPages
beforeAll(async () => {
  pages = await startTestPages()
})
afterAll(() => pages.close())

const refused = { how: 'rejected', what: 'NotAllowedError', isDOMException: true }

test('a page that is told so refuses, before it looks at what it is asked', async () => {
  const page = await pages.open(`localhost:${pages.ports[0]}`, '/?denied')
  const observed = await page.evaluate(async () => [
    await observe(() => handleOf('bytes')),
    await observe(() => handleOf('bytes', { create: true })),
    await observe(() => navigator.crossOriginStorage.getFileHandle('no hash')),
  ])
  expect(observed).toEqual([refused, refused, refused])
})

test('a worker does too', async () => {
  const page = await pages.open(`localhost:${pages.ports[0]}`)
  const answer = await page.evaluate(() => ask(new Worker('/classic.js?denied'), 'bytes'))
  expect(answer).toEqual(['NotAllowedError', 'NotAllowedError'])
})
