import { loadParser } from '@wasm-cos/core'
import { afterAll, expect, test } from 'vitest'
import { comparable } from '../../../../packages/core/src/testing/comparable.ts'
import { FileNames } from '../../../../packages/core/src/scan/named-files.ts'
import { scanOutline, scanWhole } from '../../../../packages/core/src/scan/scan.ts'
import { readBundle } from '../bundle.ts'
import { bundles } from '../bundles.ts'

const parser = await loadParser()
const names = new FileNames(['corpus.wasm'])
let count = 0

afterAll(() => console.log(`${count} of ${bundles.length} bundles are scanned by their outline`))

test.each(bundles.map((bundle) => [bundle.from.join('/'), bundle] as const))(
  '%s: its outline says the same as its whole tree',
  (_, bundle) => {
    const { plain: code } = readBundle(bundle)
    const file = { type: 'script', fileName: bundle.from[1], code, format: bundle.type } as const
    const outline = scanOutline(file, names, parser)
    if (outline === undefined) return
    count++
    expect(comparable(outline)).toEqual(comparable(scanWhole(file, names, parser)))
  },
)
