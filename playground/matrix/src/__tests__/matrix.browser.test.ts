import { startCosHost } from '@wasm-cos/cos-host'
import { expectPlainLoad, expectSharedLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { beforeAll, describe, test } from 'vitest'
import { buildCell } from '../app.ts'
import { cells } from '../table.ts'

// As Chromium has it.
const shared = shareBrowser(() => startCosHost({ methods: ['getFileHandle'], native: true }))

describe.each(cells.map((cell) => [cell.label, cell] as const))('%s', (_, cell) => {
  let outDir: string

  beforeAll(async () => {
    outDir = await buildCell(cell)
  })

  test('without Cross-Origin Storage, the page loads its wasm once', async () => {
    await expectPlainLoad(shared.tab, outDir, cell.style)
  })

  test('one origin downloads and stores, another origin and a reload download nothing', async () => {
    await expectSharedLoads(shared.tab, shared.host, outDir, cell.style)
  })
})
