import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { prepareApp } from '../app.ts'
import type { Bundler, BuildRequest } from '../bundler.ts'
import { bundlers } from '../bundlers.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rolldown } from '../bundlers/rolldown.ts'
import { rollup } from '../bundlers/rollup.ts'
import { rspack1, rspack2 } from '../bundlers/rspack.ts'
import { vite6, vite7, vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'
import { readOutput, textsOf } from '../output.ts'
import { makeWasm, sha256 } from '@wasm-cos/harness'

const namesAreFixedEarly = new Set([vite8, vite7, vite6, rollup, rolldown])

describe.each(bundlers)('$name', (bundler) => {
  /** Builds an application of one line in a folder of its own. */
  async function build(
    main: string,
    label: string,
    request: Partial<BuildRequest> = {},
    answer = makeWasm(42),
  ) {
    const app = await prepareApp('cos-import', bundler, label)
    await writeFile(join(app, 'main.js'), main)
    await writeFile(join(app, 'answer.wasm'), answer)
    const outDir = join(app, 'dist')
    const { warnings } = await bundler.build({ app, outDir, ...request })
    const output = await readOutput(outDir)
    const wasm = [...output].filter(([name]) => name.endsWith('.wasm'))
    const [mainName, code] = textsOf(output, '.js').find(([name]) => name.startsWith('main'))!
    return { warnings, output, wasm, mainName, code }
  }

  const showUrl = "import { url } from './answer.wasm?cos'\nwindow.answer = url\n"
  const showHash = "import { wasmHash } from './answer.wasm?cos'\nwindow.answer = wasmHash\n"
  const showDigits =
    "import { url, wasmHash } from './answer.wasm?cos'\nwindow.answer = url + wasmHash.value\n"

  test('of what is not used, nothing is in the output: only url', async () => {
    const { code, wasm } = await build(showUrl, 'only-url')
    expect(code).toContain(wasm[0]![0].split('/').at(-1))
    expect(code).not.toMatch(/[0-9a-f]{64}|SHA-256|WebAssembly|fetch|application\/wasm/)
  })

  test('of what is not used, nothing is in the output: only wasmHash', async () => {
    const { code } = await build(showHash, 'only-hash')
    expect(code.match(/[0-9a-f]{64}/g)).toEqual([sha256(makeWasm(42))])
    expect(code).not.toMatch(/WebAssembly|fetch|application\/wasm/)
  })

  test('of what is not used, nothing is in the output: only init', async () => {
    const { code, wasm } = await build(
      "import init from './answer.wasm?cos'\nwindow.answer = init()\n",
      'only-init',
    )
    expect(code).not.toContain('compileStreaming')
    // The one of the stub's table.
    expect(code.match(/[0-9a-f]{64}/g)).toEqual([sha256(wasm[0]![1])])
  })

  test.each([true, false])(
    'the hash is that of what ships, after a late optimiser too (minify: %s)',
    async (minify) => {
      const plain = await build(showDigits, `digits-${minify}`, { minify })
      const optimize = () => makeWasm(7, 10_000)
      const optimized = await build(showDigits, `digits-${minify}`, { minify, optimize })
      for (const { code, wasm } of [plain, optimized]) {
        expect(new Set(code.match(/[0-9a-f]{64}/g))).toEqual(new Set(wasm.map(([, bytes]) => sha256(bytes))))
      }
      expect(optimized.code).not.toBe(plain.code)
      // Where the names of chunks and of wasm files alike are fixed before, the optimiser would have to rename.
      if (!namesAreFixedEarly.has(bundler)) expect(optimized.mainName).not.toBe(plain.mainName)
    },
  )

  test('a script that carries the hash of another file has another name', async () => {
    const one = await build(showHash, 'names')
    const other = await build(showHash, 'names', {}, makeWasm(7))
    expect(other.code).toContain(sha256(makeWasm(7)))
    expect(one.mainName).not.toBe(other.mainName)
  })

  test('the file of a dependency is resolved by the bundler, and is for every site', async () => {
    const { output, wasm } = await build(
      "import init from 'sql.js/dist/sql-wasm.wasm?cos'\nwindow.answer = init()\n",
      'dependency',
      { options: { manifest: true } },
    )
    const path = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm')
    expect(sha256(wasm[0]![1])).toBe(sha256(await readFile(path)))
    const { files } = JSON.parse(output.get('wasm-cos.manifest.json')!.toString())
    expect(files).toHaveLength(1)
    expect(files[0]).toMatchObject({ file: wasm[0]![0], origins: '*' })
    expect(JSON.stringify(files[0])).toContain('sql.js/dist/sql-wasm.wasm')
  })

  test('a file of its own is for the same site, and a missing one is an error that names it', async () => {
    const { output } = await build(showDigits, 'own', { options: { manifest: true } })
    expect(JSON.parse(output.get('wasm-cos.manifest.json')!.toString()).files).toMatchObject([
      { origins: [] },
    ])
    await expect(
      build("import init from './absent.wasm?cos'\nwindow.answer = init()\n", 'absent'),
    ).rejects.toThrow(/absent\.wasm/)
  })
})

const asset = { test: /\.wasm$/ }

test.each(
  [webpack, rspack2, rspack1].flatMap((bundler) =>
    [
      { label: 'asset/inline', module: { rules: [{ ...asset, type: 'asset/inline' }] } },
      { label: 'webassembly/async', module: { rules: [{ ...asset, type: 'webassembly/async' }] } },
      { label: 'no new URL', module: { parser: { javascript: { url: false } } } },
      { label: 'development', mode: 'development', devtool: 'eval' },
    ].map(({ label, ...overrides }) => ({ bundler, name: bundler.name, label, overrides })),
  ),
)('$name: whatever the configuration makes of wasm: $label', ({ bundler, label, overrides }) =>
  expectImport(bundler, label, overrides),
)

test.each(['binary', 'copy', 'empty'])('esbuild: whatever the configuration makes of wasm: %s', (loader) =>
  expectImport(esbuild, loader, { loader: { '.wasm': loader } }),
)

/** Expects that all five exports are there, and the file is emitted. */
async function expectImport(bundler: Bundler, label: string, overrides: BuildRequest['overrides']) {
  const app = await prepareApp('cos-exports', bundler, label.replaceAll(/\W/g, '-'))
  const outDir = join(app, 'dist')
  await bundler.build({ app, outDir, overrides: overrides! })
  const output = await readOutput(outDir)
  const wasm = [...output].filter(([name]) => name.endsWith('.wasm'))
  expect(wasm.map(([, bytes]) => sha256(bytes))).toEqual([sha256(makeWasm(42))])
  const code = textsOf(output, '.js')
    .map(([, text]) => text)
    .join()
  expect(code).toContain(sha256(makeWasm(42)))
  expect(code).toContain('instantiateStreaming')
  expect(code).toContain(wasm[0]![0].split('/').at(-1))
}
