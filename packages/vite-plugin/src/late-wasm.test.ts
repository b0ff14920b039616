import { cp, mkdtemp, rm, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { build, createLogger } from 'vite'
import wasmCos, { type WasmCosOptions } from './index.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-late-'))
  await mkdir(join(root, 'copied'))
  await writeFile(join(root, 'copied/late.wasm'), '\0asm\x01\0\0\0')
  await writeFile(
    join(root, 'main.js'),
    'for (const url of ["/copied/late.wasm", "/elsewhere.wasm", "default.wasm"]) WebAssembly.compileStreaming(fetch(url))',
  )
})

afterEach(() => rm(root, { recursive: true, force: true }))

/** Builds, and copies a folder at the end. */
async function warningsOf(options: WasmCosOptions, external: string[] = []): Promise<string[]> {
  const warnings: string[] = []
  const customLogger = createLogger('silent')
  customLogger.warn = (text) => void warnings.push(text)
  const writeBundle = () => cp(join(root, 'copied'), join(root, 'dist/copied'), { recursive: true })
  await build({
    root,
    configFile: false,
    customLogger,
    // What a build is doing goes past the logger.
    logLevel: 'warn',
    plugins: [wasmCos(options), { name: 'copy', writeBundle }],
    build: { modulePreload: false, rollupOptions: { input: join(root, 'main.js'), external } },
  })
  return warnings
}

test('what is copied when the bundle is finished, or elsewhere, is said not to be shared', async () => {
  expect(await warningsOf({})).toEqual([
    expect.stringMatching(
      /copied\/late\.wasm was copied into the output when assets\/main-.*\.js, which names it, was finished/,
    ),
    expect.stringMatching(/assets\/main-.*\.js names \/elsewhere\.wasm, which is no file of this output/),
  ])
})

test('also where another chunk is to load what one names', async () => {
  await writeFile(
    join(root, 'load.js'),
    'export const load = (url) => WebAssembly.compileStreaming(fetch(url))',
  )
  await writeFile(
    join(root, 'main.js'),
    'const urls = ["/copied/late.wasm", "/elsewhere.wasm"]; import("./load.js").then(({ load }) => urls.map(load))',
  )
  expect(await warningsOf({})).toEqual([
    expect.stringMatching(
      /copied\/late\.wasm was copied into the output when assets\/main-.*\.js, which names it/,
    ),
  ])
})

test('the end of an absolute URL is no path of this site', async () => {
  const code = 'const of = (version) => fetch("https://cdn.example/".concat(version, "/cdn.wasm"))'
  await writeFile(join(root, 'main.js'), `${code}; of('1').then(WebAssembly.compileStreaming)`)
  expect(await warningsOf({ strict: true })).toEqual([])
})

test('a pattern for such a file alone is not said to match none', async () => {
  expect(await warningsOf({ include: ['**/late.wasm'] })).toEqual([
    expect.stringMatching(/copied\/late\.wasm was copied into the output/),
  ])
  expect(await warningsOf({ include: '*.other' })).toEqual([
    expect.stringMatching(
      /Option 'include' matches none of the wasm files of this build \(copied\/late\.wasm\)/,
    ),
  ])
})

test('what only the text of a worker names: said if it ships, with the reason', async () => {
  const text = ['/copied/late.wasm', '/elsewhere.wasm'].map(
    (url) => `WebAssembly.compileStreaming(fetch("${url}"))`,
  )
  await writeFile(
    join(root, 'main.js'),
    `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(text.join(';'))}])))`,
  )
  expect(await warningsOf({})).toEqual([
    expect.stringMatching(
      /copied\/late\.wasm will not come from Cross-Origin Storage: assets\/main-.*\.js has what loads it as the text of a worker/,
    ),
  ])
})

test('what is copied late and imported as a module is said, with that reason', async () => {
  await writeFile(
    join(root, 'main.js'),
    'import { add } from "/copied/late.wasm"; document.title = add(1, 2)',
  )
  expect(await warningsOf({}, ['/copied/late.wasm'])).toEqual([
    expect.stringMatching(/copied\/late\.wasm will not come .*: assets\/main-.*\.js imports it as a module/),
  ])
})

test('nothing is said of files that are excluded', async () => {
  expect(await warningsOf({ exclude: ['**/late.wasm', '/elsewhere.wasm'] })).toEqual([])
})

test.each([{ exclude: '**/main-*.js' }, { include: '*.other' }])(
  'nothing is said of what the options leave out: %o',
  async (options) => {
    const said = (await warningsOf(options)).filter((text) => !text.includes("Option 'include'"))
    expect(said).toEqual([])
  },
)
