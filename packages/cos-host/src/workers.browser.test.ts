import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

let pages: TestPages
let page: Page
beforeAll(async () => {
  pages = await startTestPages()
  page = await pages.open(`localhost:${pages.ports[0]}`, '/bare')
})
afterAll(() => pages.close())

const storedAndRead = (text: string) => ['stored', text]

test.each(['classic', 'module'] as const)('works in a %s worker', async (type) => {
  const answer = await page.evaluate((type) => {
    const worker = new Worker(`/${type}.js`, { type })
    return ask(worker, `${type} worker`)
  }, type)
  expect(answer).toEqual(storedAndRead(`${type} worker`))
})

test.each(['classic', 'module'] as const)('works in a %s shared worker', async (type) => {
  const answer = await page.evaluate((type) => {
    const worker = new SharedWorker(`/${type}.js`, { type })
    return ask(worker.port, `${type} shared worker`)
  }, type)
  expect(answer).toEqual(storedAndRead(`${type} shared worker`))
})

test.each(['classic', 'module'] as const)(
  'refuses in a %s service worker, which no page owns',
  async (type) => {
    const answer = await page.evaluate(async (type) => {
      const registration = await navigator.serviceWorker.register(`/${type}.js`, { type, scope: `/${type}/` })
      return ask(registration.installing as ServiceWorker, `${type} service worker`)
    }, type)
    expect(answer).toEqual(['NotAllowedError', 'NotAllowedError'])
  },
)

test('works in a worker made from a blob, which has the origin of its page and sees what that stored', async () => {
  await page.addScriptTag({ url: pages.host.scriptUrl })
  const answer = await page.evaluate(async (script) => {
    await write('of the page')
    const helpers = new URL('/helpers.js', location.href)
    const code = `importScripts('${helpers}', '${script}')
      onmessage = async ({ ports: [port] }) => port.postMessage([await write('blob worker'), await read('of the page')])`
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
    const worker = new Worker(url)
    URL.revokeObjectURL(url)
    return [...((await ask(worker, '')) as string[]), await read('blob worker')]
  }, pages.host.scriptUrl)
  expect(answer).toEqual(['stored', 'of the page', 'blob worker'])
  expect(pages.host.entries().at(-1)?.storedBy).toEqual([`http://localhost:${pages.ports[0]}`])
})
