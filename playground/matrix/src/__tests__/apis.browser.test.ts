import { type CosHostOptions, startCosHost } from '@wasm-cos/cos-host'
import { launch } from '@wasm-cos/harness'
import { expectSharedLoads } from '@wasm-cos/harness/loads'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { buildCell } from '../app.ts'
import { bundlers } from '../bundlers.ts'
import { cells } from '../table.ts'

let browser: Browser
let tab: Page
beforeAll(async () => {
  browser = await launch()
  tab = await browser.newPage()
})
afterAll(() => browser?.close())

/** Browsers of today are the matrix's own; these are older ones, the extension's, and those between. */
const apis: Pick<CosHostOptions, 'methods' | 'native'>[] = [
  { methods: ['getFileHandle'] },
  { methods: ['requestFileHandle'] },
  { methods: ['requestFileHandle'], native: true },
  { methods: ['requestFileHandles'] },
  { methods: ['requestFileHandles'], native: true },
  { methods: ['getFileHandle', 'requestFileHandle'], native: true },
  { methods: ['getFileHandle', 'requestFileHandles'] },
  { methods: ['requestFileHandle', 'requestFileHandles'] },
]

// The stub is the same in every bundler's output.
const cell = cells.find(({ bundler }) => bundler === bundlers[0])!

describe(cell.label, () => {
  let outDir: string
  beforeAll(async () => {
    outDir = await buildCell(cell)
  })

  test.each(apis)('is shared where Cross-Origin Storage is %j', async (api) => {
    const host = await startCosHost(api)
    await expectSharedLoads(tab, host, outDir, cell.style)
    await host.close()
  })
})
