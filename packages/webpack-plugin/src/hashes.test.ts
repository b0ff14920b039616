import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { makeWasm } from '@wasm-cos/harness'
import { sha256 } from '@wasm-cos/harness/hash'
import { createFsFromVolume, Volume } from 'memfs'
// @ts-expect-error There are no types for it.
import MemoryFileSystem from 'memory-fs'
import { describe, expect, test } from 'vitest'
import { build, embeddedIn, wasmIn } from './testing/build.ts'
import { bundlers } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

const loadAnswer = `
WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
  .then(({ instance }) => console.log(instance.exports.answer()))
`
const project = () => createProject({ 'main.js': loadAnswer, 'answer.wasm': wasmModule(42) })

describe.each(bundlers)('$name', { timeout: 60_000 }, (bundler) => {
  describe.each([true, false])('minimize: %s', (minimize) => {
    test.each([
      ['assetModuleFilename [hash]', { assetModuleFilename: '[hash][ext]' }],
      ['assetModuleFilename [contenthash]', { assetModuleFilename: 'wasm/[name].[contenthash:8][ext]' }],
      ['assetModuleFilename [fullhash]', { assetModuleFilename: '[name].[fullhash][ext]' }],
      ['assetModuleFilename with a query', { assetModuleFilename: '[name][ext]?[contenthash]' }],
      ['filename with a query', { filename: '[name].js?v=[contenthash]' }],
      ['SHA-256 for all hashes', { hashFunction: 'sha256', assetModuleFilename: '[contenthash][ext]' }],
    ])('%s: the embedded names and hashes are those on disk', async (_, output) => {
      const built = await build(bundler, await project(), {
        configuration: { output: output as object, optimization: { minimize } },
      })
      expect(built.errors).toEqual([])
      expect(Object.values(wasmIn(built))).toEqual([sha256(wasmModule(42))])
      expect(Object.values(embeddedIn(built))).toEqual([wasmIn(built)])
    })

    test('an imported module, whose name is put together when the runtime runs', async () => {
      const built = await build(
        bundler,
        await createProject({
          'main.js': "import('./lazy.js').then(({ answer }) => console.log(answer()))",
          'lazy.js': "export { answer } from './answer.wasm'",
          'answer.wasm': wasmModule(42),
        }),
        {
          configuration: {
            experiments: { asyncWebAssembly: true },
            output: { filename: '[name].[contenthash].js' },
            optimization: { minimize, runtimeChunk: 'single' },
          },
        },
      )
      expect(built.errors).toEqual([])
      expect(embeddedIn(built)).toEqual({ [runtimeOf(built.entry)]: wasmIn(built) })
    })
  })

  test('names that are made before the code is edited follow where the wasm is', async () => {
    const folder = await createProject({
      // What two entries share is a chunk of its own.
      'main.js': "import { load } from './library.js'; import url from './answer.wasm'; load(fetch(url))",
      'other.js': "import { load } from './library.js'; import url from './answer.wasm'; load(fetch(url), 1)",
      'library.js': `export const load = (input) =>
        WebAssembly.instantiateStreaming(input ?? fetch(new URL('./answer.wasm', import.meta.url)))`,
      'answer.wasm': wasmModule(42),
    })
    const scriptsAt = async (output: object) => {
      const built = await build(bundler, folder, {
        configuration: {
          entry: { main: './main.js', other: './other.js' },
          module: { rules: [{ test: /\.wasm$/, type: 'asset/resource' }] },
          optimization: { realContentHash: false, splitChunks: { chunks: 'all', minSize: 0 } },
          output: { filename: '[name].[contenthash].js', publicPath: '/v1/', ...output },
        },
      })
      expect(built.errors).toEqual([])
      expect(Object.keys(embeddedIn(built))).toHaveLength(3)
      return new Map([...built.files].filter(([name]) => name.endsWith('.js')))
    }
    const first = await scriptsAt({ assetModuleFilename: 'one/[hash][ext]' })
    for (const output of [
      { assetModuleFilename: 'two/[hash][ext]' },
      { assetModuleFilename: 'one/[hash][ext]', publicPath: '/v2/' },
    ]) {
      for (const [name, text] of await scriptsAt(output))
        if (first.has(name)) expect(text).toEqual(first.get(name))
    }
  })

  test('a prebuilt worker that is taken as an asset has a name that follows its content', async () => {
    const worker = (text: string) =>
      `self.answer = '${text}';${loadAnswer.replaceAll('import.meta.url', 'self.location')}`
    const folder = await createProject({
      'main.js': `navigator.sendBeacon(new URL('./worker.js', import.meta.url)); new Worker(new URL('./other.js', import.meta.url));
        import('./lazy.js').then(({ answer }) => console.log(answer()))`,
      'lazy.js': `export const answer = () => fetch(new URL('./answer.wasm', import.meta.url)).then(WebAssembly.compileStreaming)`,
      'other.js': "import('./lazy.js').then(({ answer }) => answer())",
      'worker.js': worker('one'),
      'answer.wasm': wasmModule(42),
    })
    const configuration = {
      module: { rules: [{ test: /worker\.js$/, type: 'asset/resource' }] },
      output: { filename: '[name].[contenthash].js', assetModuleFilename: '[name].[contenthash][ext]' },
    }
    const nameOf = ({ files }: { files: Map<string, unknown> }) =>
      [...files.keys()].find((name) => /^worker\..*\.js$/.test(name))
    const first = await build(bundler, folder, { configuration })
    expect(first.errors).toEqual([])
    await writeFile(join(folder, 'worker.js'), worker('two'))
    const second = await build(bundler, folder, { configuration })
    expect(second.errors).toEqual([])
    expect(nameOf(second)).not.toBe(nameOf(first))
    const main = [...second.files].find(([name]) => name.startsWith('main.'))![1]
    expect(String(main)).toContain(nameOf(second))
  })

  test('a file that is copied into the output', async () => {
    const built = await build(
      bundler,
      await createProject({
        'main.js': "WebAssembly.compileStreaming(fetch('/static/answer.wasm')).then(console.log)",
        'public/answer.wasm': wasmModule(42),
      }),
      {
        options: { manifest: 'shared.json' },
        configuration: { plugins: [bundler.copy('public', 'static')] },
      },
    )
    expect(embeddedIn(built)).toEqual({ 'main.js': { 'static/answer.wasm': sha256(wasmModule(42)) } })
    expect(JSON.parse(built.files.get('shared.json')!.toString()).files).toMatchObject([
      { file: 'static/answer.wasm', origins: [], chunks: ['main.js'], source: 'public/answer.wasm' },
    ])
  })

  test('a dependency’s file that was copied by hand is everyone’s', async () => {
    const wasm = await readFile(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'))
    const project = await createProject({
      'package.json': '{ "name": "application", "dependencies": { "sql.js": "*" } }',
      'main.js': "WebAssembly.compileStreaming(fetch('/static/own-name.wasm')).then(console.log)",
      'public/own-name.wasm': wasm,
    })
    const { files, errors } = await build(bundler, project, {
      options: { manifest: true },
      configuration: { plugins: [bundler.copy('public', 'static')] },
    })
    expect(errors).toEqual([])
    expect(JSON.parse(files.get('wasm-cos.manifest.json')!.toString()).files).toMatchObject([
      { file: 'static/own-name.wasm', origins: '*' },
    ])
  })

  test('the manifest and the report have the names on disk', async () => {
    const built = await build(
      bundler,
      await createProject({
        'main.js':
          "import('sql.js').then(({ default: init }) => init({ locateFile: () => new URL('sql.js/dist/sql-wasm.wasm', import.meta.url).href }))",
      }),
      { options: { manifest: true }, configuration: { output: { filename: '[name].[contenthash].js' } } },
    )
    const [[file, value]] = Object.entries(wasmIn(built)) as [[string, string]]
    const chunks = Object.keys(embeddedIn(built))
    expect(JSON.parse(built.files.get('wasm-cos.manifest.json')!.toString()).files).toEqual([
      {
        file,
        hash: { algorithm: 'SHA-256', value },
        integrity: `sha256-${Buffer.from(value, 'hex').toString('base64')}`,
        size: built.files.get(file)!.length,
        origins: '*',
        chunks,
        source: expect.stringMatching(/node_modules\/sql\.js\/dist\/sql-wasm\.wasm$/),
      },
    ])
    const report = built.printed.join('\n')
    expect(report).toContain(file)
    expect(report).toContain(chunks.join(', '))
  })

  test.each([0, 400])('a file that a plugin changes at stage %s is hashed as it ships', async (stage) => {
    const built = await build(bundler, await project(), {
      configuration: {
        output: { assetModuleFilename: '[contenthash][ext]' },
        plugins: [changeWasm(stage)],
      },
    })
    expect(built.errors).toEqual([])
    expect(Object.values(wasmIn(built))).toEqual([sha256(wasmModule(7))])
    expect(Object.values(embeddedIn(built))).toEqual([wasmIn(built)])
  })

  test('a file that a plugin changes too late fails the build by its name', async () => {
    const { errors, files } = await build(bundler, await project(), {
      configuration: { plugins: [changeWasm(3000)] },
    })
    const name = [...files.keys()].find((name) => name.endsWith('.wasm'))
    expect(errors).toEqual([expect.stringContaining(`${name} was changed after its hash was embedded`)])
  })

  test.each([
    ['in memory', () => createFsFromVolume(new Volume())],
    ['with streams of old', () => Object.assign(new MemoryFileSystem(), { join })],
    ['without streams', () => ({ ...createFsFromVolume(new Volume()), createReadStream: undefined })],
  ])('what is written to a file system %s is found to be what was hashed', async (_, createFileSystem) => {
    const fileSystem = createFileSystem()
    const built = await build(bundler, await project(), {
      configuration: {
        output: { assetModuleFilename: '[name][ext]', clean: false },
        plugins: [
          {
            apply(compiler) {
              compiler.hooks.beforeRun.tap('in-memory', () => {
                Object.assign(compiler, { outputFileSystem: fileSystem })
              })
            },
          },
        ],
      },
    })
    expect(built.errors).toEqual([])
    expect(built.files.size).toBe(0)
    expect(built.printed.join()).toContain('answer.wasm')
    expect(fileSystem.existsSync(join(built.folder, 'answer.wasm'))).toBe(true)
  })

  test.each(['afterEmit', 'done'] as const)(
    'a file that is rewritten on disk in %s fails the build by its name',
    async (hook) => {
      const { errors } = await build(bundler, await project(), {
        configuration: {
          output: { assetModuleFilename: '[name][ext]' },
          plugins: [
            {
              apply(compiler) {
                compiler.hooks[hook].tapPromise('later-step', () =>
                  writeFile(join(compiler.outputPath, 'answer.wasm'), wasmModule(1)),
                )
              },
            },
          ],
        },
      })
      expect(errors).toEqual([expect.stringContaining('answer.wasm was changed after its hash was embedded')])
    },
  )

  test('a file that a later plugin deletes from the output is nobody’s mistake', async () => {
    const { errors, files } = await build(bundler, await project(), {
      configuration: {
        output: { assetModuleFilename: '[name][ext]' },
        plugins: [
          atStage(3000, (compilation) => {
            compilation.emitAsset('answer.wasm.gz', compilation.getAsset('answer.wasm')!.source)
            compilation.deleteAsset('answer.wasm')
          }),
        ],
      },
    })
    expect(errors).toEqual([])
    expect([...files.keys()]).toEqual(['answer.wasm.gz', 'main.js'])
  })

  test('what is inlined is reported, and fails the build under strict', async () => {
    const folder = await createProject({ 'main.js': loadAnswer, 'answer.wasm': makeWasm(42, 500) })
    const configuration = { module: { rules: [{ test: /\.wasm$/, type: 'asset/inline' }] } }
    const { warnings } = await build(bundler, folder, { configuration })
    expect(warnings).toEqual([expect.stringContaining('main.js carries a wasm module as base64')])
    const { errors } = await build(bundler, folder, { configuration, options: { strict: true } })
    expect(errors).toEqual([expect.stringContaining('main.js carries a wasm module as base64')])
  })
})

/** The script of the runtime, which comes first. */
function runtimeOf([first]: string[]): string {
  return first!
}

type Compilation = import('webpack').Compilation

function atStage(stage: number, change: (compilation: Compilation) => void) {
  return {
    apply(compiler: import('webpack').Compiler) {
      compiler.hooks.thisCompilation.tap('change', (compilation) =>
        compilation.hooks.processAssets.tap({ name: 'change', stage }, () => change(compilation)),
      )
    },
  }
}

/** Replaces the bytes of every wasm file, as an optimiser would. */
function changeWasm(stage: number) {
  return atStage(stage, (compilation) => {
    const { RawSource } = compilation.compiler.webpack.sources
    for (const { name } of compilation.getAssets()) {
      if (name.endsWith('.wasm')) compilation.updateAsset(name, new RawSource(wasmModule(7)))
    }
  })
}

test.each(
  bundlers.flatMap((bundler) =>
    ['[name].[contenthash][ext]', '[name][ext]'].map((assetModuleFilename) => ({
      ...bundler,
      assetModuleFilename,
    })),
  ),
)('$name: a file $assetModuleFilename that a later plugin renames is checked', async (bundler) => {
  const built = await build(bundler, await project(), {
    configuration: {
      output: { assetModuleFilename: bundler.assetModuleFilename },
      plugins: [
        {
          apply({ hooks }) {
            hooks.thisCompilation.tap('rename', (compilation) => {
              compilation.hooks.processAssets.tap({ name: 'rename', stage: 3000 }, () => {
                const { name } = compilation.getAssets().find(({ name }) => name.endsWith('.wasm'))!
                compilation.renameAsset(name, 'renamed.wasm')
              })
            })
            hooks.afterEmit.tapPromise('optimize', ({ outputOptions }) =>
              writeFile(join(outputOptions.path!, 'renamed.wasm'), wasmModule(43)),
            )
          },
        },
      ],
    },
  })
  expect(built.errors).toEqual([
    expect.stringContaining('renamed.wasm was changed after its hash was embedded'),
  ])
})
