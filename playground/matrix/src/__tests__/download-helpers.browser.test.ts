import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { makeWasm } from '@wasm-cos/harness'
import { expectLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { expect, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rollup } from '../bundlers/rollup.ts'
import { rspack2 } from '../bundlers/rspack.ts'
import { vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { readOutput } from '../output.ts'

const shared = shareBrowser(() => startCosHost())

// ofetch, ky, three.js's FileLoader, rxjs and @ffmpeg/util, each in a chunk of its own.
test.each([vite8, rollup, webpack, rspack2, esbuild])('$name', async (bundler) => {
  const app = await prepareApp('download-helpers', bundler)
  for (const answer of [1, 2, 3, 4, 5]) await writeFile(join(app, `answer-${answer}.wasm`), makeWasm(answer))
  const outDir = join(app, 'dist')
  const { warnings } = await bundler.build({ app, outDir, minify: false })
  await writePage(outDir, bundler.page)
  expect(warnings.filter((text) => /Cross-Origin Storage/.test(text))).toEqual([])
  await expectLoads(shared, outDir, { result: '1,2,3,4,5', files: 5 })

  const before = await readOutput(outDir)
  await writeFile(join(app, 'answer-1.wasm'), makeWasm(6))
  await bundler.build({ app, outDir, minify: false })
  const after = await readOutput(outDir)
  const changed = [...after].filter(([name, bytes]) => before.has(name) && !before.get(name)!.equals(bytes))
  expect(changed.map(([name]) => name)).toEqual([])
})
