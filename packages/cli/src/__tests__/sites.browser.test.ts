import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { serve, visit, withScript } from '@wasm-cos/harness'
import { expectLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { transform } from 'esbuild'
import { minify } from 'terser'
import { describe, expect, test } from 'vitest'
import { builders } from '../testing/playground.ts'
import { makeFolder, readAll, run } from '../testing/run.ts'
import { writeBindgenSite, writeEs6Site, writeFlaggedSite, writeUmdSite } from '../testing/sites.ts'

const coffee = /Top 5 of 5,000 orders/
/** The storage answers however busy the machine is. */
const forAnySite = ['--origins', '*', '--lookup-timeout', '20000']

const shared = shareBrowser(() => startCosHost())

/** Runs binaryen's wasm-opt over a file, in place. */
function optimise(path: string): void {
  const binaryen = dirname(createRequire(import.meta.url).resolve('binaryen/package.json'))
  const before = readFileSync(path)
  const features = [
    'bulk-memory',
    'multivalue',
    'mutable-globals',
    'nontrapping-float-to-int',
    'reference-types',
    'sign-ext',
  ]
  const flags = ['--vacuum', ...features.map((feature) => `--enable-${feature}`)]
  execFileSync(process.execPath, [join(binaryen, 'bin/wasm-opt'), ...flags, path, '-o', path])
  if (readFileSync(path).equals(before)) throw new Error('wasm-opt changed nothing.')
}

async function expectRun(code: number, ...args: string[]): Promise<void> {
  const { stdout, stderr, ...result } = await run(...args)
  expect(result.code, `${args.join(' ')}\n${stdout}${stderr}`).toBe(code)
}

describe.each([
  ['Emscripten, UMD', writeUmdSite, '42'],
  ['Emscripten, ES6', writeEs6Site, '42'],
  ['wasm-bindgen --target web', writeBindgenSite, '1'],
])('%s, no bundler', (_, write, answer) => {
  test('injected: downloads once for two origins; after wasm-opt and repair as well', async () => {
    const folder = makeFolder({})
    write(folder)
    await expectRun(0, 'inject', folder, ...forAnySite)
    await expectRun(0, 'verify', folder)
    await expectLoads(shared, folder, { result: answer })

    const wasm = Object.keys(readAll(folder)).find((name) => name.endsWith('.wasm'))!
    optimise(join(folder, wasm))
    await expectRun(1, 'verify', folder)
    await expectRun(0, 'repair', folder)
    await expectRun(0, 'verify', folder)
    await expectLoads(shared, folder, { result: answer })
  })
})

describe.each(Object.entries(builders))('%s, built without the plugin', (_, build) => {
  test('injected: downloads once for two origins', async () => {
    const folder = makeFolder({})
    await build(folder)
    await expectRun(0, 'inject', folder, '--rename', ...forAnySite)
    await expectRun(0, 'verify', folder)
    await expectLoads(shared, folder, { result: coffee })
    const once = readAll(folder)
    await expectRun(0, 'inject', folder, '--rename', ...forAnySite)
    expect(readAll(folder)).toEqual(once)
  })
})

const minifiers: [string, ((code: string) => Promise<string>) | undefined][] = [
  ['as linked', undefined],
  ['minified by terser', async (code) => (await minify(code, { ecma: 2020 })).code!],
  ['minified by esbuild', async (code) => (await transform(code, { minify: true })).code],
]

describe.each(minifiers)('Emscripten with its own flag, %s', (_, minifyGlue) => {
  test('wasm-opt makes it stale, repair makes it true, and its own lookup finds the file again', async () => {
    const folder = makeFolder({})
    await writeFlaggedSite(folder, minifyGlue)
    const linked = readAll(folder)
    const wasm = join(folder, 'sql-wasm-debug.wasm')
    const before = createHash('sha256').update(readFileSync(wasm)).digest('hex')
    await expectRun(0, 'verify', folder)
    optimise(wasm)
    await expectRun(1, 'verify', folder)
    await expectRun(0, 'repair', folder)
    await expectRun(0, 'verify', folder)
    const after = createHash('sha256').update(readFileSync(wasm)).digest('hex')
    expect(readAll(folder)['sql.js']).toBe(linked['sql.js']!.replaceAll(before, after))
    await expectRun(0, 'inject', folder, ...forAnySite)
    expect(readAll(folder)['sql.js']).not.toContain('cosFetch_')

    const host = await startCosHost({ methods: ['requestFileHandle', 'requestFileHandles'] })
    const html = withScript(host.scriptUrl)
    const sites = [await serve(folder, { html }), await serve(folder, { html })]
    const context = await shared.browser.newContext()
    const [first, second] = sites
    const missed = await visit(context, first!.url)
    await missed.page.waitForFunction(() => document.body.dataset.stored !== undefined)
    expect(first!.requested(/\.wasm$/)).toHaveLength(1)
    const hit = await visit(context, second!.url)
    expect(second!.requested(/\.wasm$/)).toEqual([])
    // One layer: the stub saw nothing of it, and one file was stored once.
    expect([...missed.events, ...hit.events]).toEqual([])
    expect(host.entries().map(({ hash }) => hash)).toEqual([after])

    const custom = await visit(context, `${second!.url}#custom`)
    await custom.page.waitForFunction(() => document.body.dataset.wasmHash !== undefined)
    expect(await custom.page.evaluate(() => document.body.dataset.wasmHash)).toBe(after)
    await context.close()
    await Promise.all([host, ...sites].map((server) => server.close()))
  })
})
