import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { expectLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { describe, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rspack2 } from '../bundlers/rspack.ts'
import { vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'

const command = join(dirname(createRequire(import.meta.url).resolve('wasm-cos/package.json')), 'dist/cli.js')

const shared = shareBrowser(() => startCosHost())

/** Functions that are turned into text, in the same chunk as what loads wasm. */
const styles = [
  ['function-as-text', '42,200,200,200'],
  ['map-in-one-chunk', '42,loaded'],
] as const

const ways = [
  ...[vite8, webpack, rspack2, esbuild].map((bundler) => ({ name: bundler.name, bundler, isCommand: false })),
  { name: 'wasm-cos inject', bundler: vite8, isCommand: true },
]

describe.each(ways)('$name', ({ bundler, isCommand }) => {
  test.each(styles)('%s', async (style, result) => {
    const app = await prepareApp(style, bundler, isCommand ? 'command' : 'app')
    const outDir = join(app, 'dist')
    // Terser, which the other style meets, needs long for maplibre-gl.
    const minify = !(bundler === webpack && style === 'map-in-one-chunk')
    await bundler.build({ app, outDir, minify, ...(isCommand && { options: false as const }) })
    await writePage(outDir, bundler.page)
    await writeFile(join(outDir, 'data.json'), '{"type":"FeatureCollection","features":[]}')
    if (isCommand) {
      const options = ['--rename', '--origins', '*', '--lookup-timeout', '60000']
      execFileSync(process.execPath, [command, 'inject', outDir, ...options])
    }
    await expectLoads(shared, outDir, { result })
  })
})
