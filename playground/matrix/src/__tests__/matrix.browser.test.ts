import { type CosHost, startCosHost } from '@wasm-cos/cos-host'
import { launch } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { buildCell } from '../app.ts'
import { expectPlainLoad, expectSharedLoads } from '../loads.ts'
import { cells } from '../table.ts'

let browser: Browser
let host: CosHost

beforeAll(async () => {
  browser = await launch()
  // As Chromium has it.
  host = await startCosHost({ methods: ['getFileHandle'], native: true })
})

afterAll(async () => {
  await browser?.close()
  await host?.close()
})

describe.each(cells.map((cell) => [cell.label, cell] as const))('%s', (_, cell) => {
  let outDir: string

  beforeAll(async () => {
    outDir = await buildCell(cell)
  })

  test('without Cross-Origin Storage, the page loads its wasm once', async () => {
    await expectPlainLoad(browser, outDir, cell.style)
  })

  test('one origin downloads and stores, another origin and a reload download nothing', async () => {
    await expectSharedLoads(browser, host, outDir, cell.style)
  })
})
