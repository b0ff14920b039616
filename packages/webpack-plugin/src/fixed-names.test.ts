import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { build, type BuildOptions, embeddedIn } from './testing/build.ts'
import { type Bundler, bundlers, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

const load = (url: string) => `WebAssembly.compileStreaming(fetch(${url})).then(console.log)`

/** Builds a project twice, with another `copied/answer.wasm` the second time. */
async function buildTwice(
  bundler: Bundler,
  files: Record<string, string>,
  { output, optimization }: Configuration,
  options: BuildOptions['options'] = {},
) {
  const project = await createProject({ ...files, 'copied/answer.wasm': wasmModule(1) })
  const request = (): BuildOptions => ({
    options,
    configuration: {
      output: output!,
      optimization: { minimize: false, ...optimization },
      plugins: [bundler.copy(join(project, 'copied'), 'lib')],
    },
  })
  const first = await build(bundler, project, request())
  await writeFile(join(project, 'copied/answer.wasm'), wasmModule(2))
  return [first, await build(bundler, project, request())] as const
}

const fixed: [string, Configuration][] = [
  ['[chunkhash]', { output: { filename: '[name].[chunkhash].js' } }],
  ['[fullhash]', { output: { filename: '[name].[fullhash].js' } }],
  [
    '[contenthash] without realContentHash',
    { output: { filename: '[name].[contenthash].js' }, optimization: { realContentHash: false } },
  ],
]

for (const [name, configuration] of fixed) {
  test.each(bundlers)(
    `$name, ${name}: a script keeps the hash of a copied file out of it that its name cannot follow`,
    { timeout: 60_000 },
    async (bundler) => {
      const files = { 'main.js': load("'/lib/answer.wasm'") }
      const [first, second] = await buildTwice(bundler, files, configuration)
      for (const built of [first, second]) {
        expect(built.errors).toEqual([])
        expect(embeddedIn(built)).toEqual({})
        expect(built.warnings).toEqual([
          expect.stringMatching(/lib\/answer\.wasm is not shared .*'optimization\.realContentHash'/),
        ])
      }
      expect(second.entry).toEqual(first.entry)
      const [strict] = await buildTwice(bundler, files, configuration, { strict: true })
      expect(strict.errors).toEqual([expect.stringContaining('lib/answer.wasm is not shared')])
      const [excluded] = await buildTwice(bundler, files, configuration, { exclude: /answer/, strict: true })
      expect([excluded.errors, excluded.warnings]).toEqual([[], []])
    },
  )
}

const following: [string, Configuration][] = [
  ['[contenthash]', { output: { filename: '[name].[contenthash].js' } }],
  ['[contenthash].[chunkhash]', { output: { filename: '[name].[contenthash].[chunkhash].js' } }],
]

for (const [name, configuration] of following) {
  test.each(bundlers)(`$name, ${name}: a copied file is shared`, { timeout: 60_000 }, async (bundler) => {
    const files = { 'main.js': load("'/lib/answer.wasm'") }
    const [first, second] = await buildTwice(bundler, files, configuration)
    expect([first.warnings, second.warnings]).toEqual([[], []])
    expect(Object.keys(embeddedIn(first))).toEqual(first.entry)
    expect(Object.keys(embeddedIn(second))).toEqual(second.entry)
    expect(second.entry).not.toEqual(first.entry)
  })
}

test.each(bundlers)(
  '$name: a worker that is an asset has a name that depends on no wasm',
  { timeout: 60_000 },
  async (bundler) => {
    const files = {
      'main.js':
        "navigator.sendBeacon(new URL('./worker.js', import.meta.url), new URL('./own.wasm', import.meta.url))",
      'worker.js': load("'own.wasm'"),
      'own.wasm': wasmModule(3),
    }
    const worker = {
      test: /worker\.js$/,
      type: 'asset/resource',
      generator: { filename: '[name].[contenthash][ext]' },
    }
    const buildWith = async (realContentHash: boolean) =>
      build(bundler, await createProject(files), {
        configuration: {
          output: { filename: '[name].js', assetModuleFilename: '[name][ext]' },
          module: { rules: [worker] },
          optimization: { realContentHash },
        },
      })
    const [plain, real] = [await buildWith(false), await buildWith(true)]
    expect(embeddedIn(plain)).toEqual({})
    expect(plain.warnings).toEqual([expect.stringContaining('own.wasm is not shared')])
    expect(real.warnings).toEqual([])
    expect(Object.keys(embeddedIn(real))).toEqual([expect.stringMatching(/^worker\.\w+\.js$/)])
  },
)
