import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { prepareApp } from '../app.ts'
import type { BuildRequest } from '../bundler.ts'
import { rspack1, rspack2 } from '../bundlers/rspack.ts'
import { vite7, vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { readOutput, textsOf } from '../output.ts'
import { embeddedHashes, makeWasm } from '@wasm-cos/harness'

/** The others do not bundle workers. */
describe.each([vite8, vite7, webpack, rspack2, rspack1])('$name', (bundler) => {
  /** Builds, and returns the output with the names of the scripts: the page's and the one that loads. */
  async function build(app: string, request: Partial<BuildRequest> = {}) {
    const outDir = join(app, 'dist')
    await bundler.build({ app, outDir, sourcemap: 'linked', ...request })
    const output = await readOutput(outDir)
    const scripts = textsOf(output, '.js')
    const [main] = scripts.find(([name]) => name.startsWith('main-'))!
    const [loader] = scripts.find(([name, code]) => name !== main && embeddedHashes(code).length > 0)!
    return { output, main, loader }
  }

  async function names(app: string, request: Partial<BuildRequest> = {}) {
    const { output, main, loader } = await build(app, request)
    const baseName = /[^/]+$/.exec(loader)![0]
    expect(output.get(main)!.toString()).toContain(/[^/]{6}(?=\.js$)/.exec(loader)![0])
    expect(output.get(loader)!.toString()).toContain(`sourceMappingURL=${baseName}.map`)
    expect([...output.keys()]).toContain(`${loader}.map`)
    return { main, loader }
  }

  test('the name of a worker changes with options and shared wasm, and so does the page’s', async () => {
    const app = await prepareApp('posted-url', bundler, 'worker-names')
    const first = await names(app)
    expect(await names(app)).toEqual(first)
    const other = await names(app, { options: { lookupTimeout: 5 } })
    await writeFile(join(app, 'answer.wasm'), makeWasm(43))
    const changed = await names(app)
    expect(new Set([first.loader, other.loader, changed.loader]).size).toBe(3)
    expect(new Set([first.main, other.main, changed.main]).size).toBe(3)
  })

  test('the manifest has the new names', async () => {
    const app = await prepareApp('module-worker', bundler, 'worker-manifest')
    const { output, loader } = await build(app, { options: { manifest: true } })
    const { files } = JSON.parse(output.get('wasm-cos.manifest.json')!.toString())
    expect(files).toMatchObject([{ chunks: [loader] }])
  })
})
