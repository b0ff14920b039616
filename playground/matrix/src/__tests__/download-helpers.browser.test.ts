import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { makeWasm } from '@wasm-cos/harness'
import { expectLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { expect, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import type { Bundler } from '../bundler.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rollup } from '../bundlers/rollup.ts'
import { rspack2 } from '../bundlers/rspack.ts'
import { vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { readOutput } from '../output.ts'

const shared = shareBrowser(() => startCosHost())

const command = join(dirname(createRequire(import.meta.url).resolve('wasm-cos/package.json')), 'dist/cli.js')

// ofetch, ky, three.js's FileLoader, rxjs and @ffmpeg/util, each in a chunk of its own.
test.each([vite8, rollup, webpack, rspack2, esbuild])('$name', async (bundler) => {
  const app = await prepare(bundler, 'app')
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

// Without the bundler's records: webpack's runtime puts the names of chunks together.
test.each([vite8, webpack, rspack2])('$name, and the command', async (bundler) => {
  const app = await prepare(bundler, 'command')
  const outDir = join(app, 'dist')
  await bundler.build({ app, outDir, options: false })
  await writePage(outDir, bundler.page)
  const args = [command, 'inject', outDir, '--force', '--lookup-timeout', '60000']
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).not.toMatch(/will not come from/)
  await expectLoads(shared, outDir, { result: '1,2,3,4,5', files: 5 })
})

async function prepare(bundler: Bundler, folder: string): Promise<string> {
  const app = await prepareApp('download-helpers', bundler, folder)
  for (const answer of [1, 2, 3, 4, 5]) await writeFile(join(app, `answer-${answer}.wasm`), makeWasm(answer))
  return app
}
