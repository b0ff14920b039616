import { join } from 'node:path'
import { launch } from '@wasm-cos/harness'
import { expectPlainLoad } from '@wasm-cos/harness/loads'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import { vite7, vite8 } from '../bundlers/vite.ts'

let browser: Browser
let tab: Page

beforeAll(async () => {
  browser = await launch()
  tab = await browser.newPage()
})

afterAll(() => browser?.close())

// Its code is a string in the page's chunk, out of reach.
test.each([vite8, vite7])(
  '$name: a worker that is inlined loads its wasm as without the plugin',
  async (bundler) => {
    const app = await prepareApp('inline-worker', bundler)
    const outDir = join(app, 'dist')
    const { warnings } = await bundler.build({ app, outDir })
    await writePage(outDir, bundler.page)
    await expectPlainLoad(tab, outDir, { result: '42' })
    // A busy machine makes Vite warn of slow plugins.
    expect(warnings.filter((text) => text.includes('Cross-Origin Storage'))).toEqual([
      expect.stringContaining('has what loads it as the text of a worker'),
    ])
  },
)
