import { launch } from '@wasm-cos/harness'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startShowcase } from '../showcase.mjs'

let showcase: Awaited<ReturnType<typeof startShowcase>>
let browser: Browser

beforeAll(async () => {
  showcase = await startShowcase()
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  await showcase?.close()
})

/** What the cards say once all builds are open. */
async function statuses(page: Page) {
  await page.waitForSelector('#clear:enabled')
  return page.locator('article').evaluateAll((cards) => cards.map(({ dataset }) => dataset.state))
}

test('the index page shows one download and hits everywhere else, its own download to who returns, and all again once it is cleared', async () => {
  const others = showcase.builds.slice(1).map(() => 'hit')
  const page = await (await browser.newContext()).newPage()
  await page.goto(showcase.url)
  expect(await statuses(page)).toEqual(['miss', ...others])
  expect(await page.locator('#hits').textContent()).toBe(`${others.length} of ${others.length + 1}`)

  await page.click('#reload')
  expect(await statuses(page)).toEqual(['cached', ...others])
  expect(await page.locator('#downloaded').textContent()).toBe('0 kB')

  await page.click('#clear')
  expect(await statuses(page)).toEqual(['miss', ...others])
})
