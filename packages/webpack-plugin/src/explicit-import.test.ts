import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import wasmCos from '@wasm-cos/webpack-plugin'
import { rspack as rspack1 } from 'rspack1-oldest'
import { rspack as rspack2 } from 'rspack2-oldest'
import { expect, test } from 'vitest'
import webpack from 'webpack-oldest'
import { build, embeddedIn, wasmIn } from './testing/build.ts'
import { type Bundler, bundlers, type Compiler, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

const files = {
  'main.js': `import init, { wasmHash } from './answer.wasm?cos'
init().then(({ exports }) => console.log(exports, wasmHash))`,
  'answer.wasm': wasmModule(42),
}

/** The plugin as it is built: its loader is a file of its own. */
const request = (configuration: Configuration = {}) => ({
  options: false as const,
  configuration: {
    ...configuration,
    plugins: [wasmCos()] as unknown as NonNullable<Configuration['plugins']>,
  },
})

test.each([
  ['webpack 5.76', webpack],
  ['Rspack 1.0', rspack1],
  ['Rspack 2.0', rspack2],
])('%s imports x.wasm?cos', { timeout: 60_000 }, async (_, createCompiler) => {
  const bundler = { ...bundlers[0]!, createCompiler: createCompiler as unknown as Bundler['createCompiler'] }
  const built = await build(bundler, await createProject(files), request())
  expect([built.errors, built.warnings]).toEqual([[], []])
  expect(Object.keys(wasmIn(built))).toHaveLength(1)
  expect(Object.values(embeddedIn(built))).toEqual([wasmIn(built)])
})

test.each(bundlers)(
  '$name: a build from the cache is the same, until the file changes',
  { timeout: 60_000 },
  async (bundler) => {
    const project = await createProject(files)
    const configuration = bundler.cacheIn(join(project, 'cache'))
    const first = await build(bundler, project, request(configuration))
    const second = await build(bundler, project, request(configuration))
    expect([second.errors, second.warnings]).toEqual([[], []])
    expect(Object.values(embeddedIn(second))).toEqual([wasmIn(second)])
    expect([...second.files.keys()]).toEqual([...first.files.keys()])

    await writeFile(join(project, 'answer.wasm'), wasmModule(43))
    const third = await build(bundler, project, request(configuration))
    const script = [...third.files].find(([name]) => name.endsWith('.js'))
    expect(new Set(script![1].toString().match(/[0-9a-f]{64}/g))).toEqual(
      new Set(Object.values(wasmIn(third))),
    )
  },
)

test.each(bundlers)(
  '$name: where URLs have no origin, for what a server renders, nor has that of the import',
  { timeout: 60_000 },
  async (bundler) => {
    const project = await createProject({
      ...files,
      'main.js': "import { url } from './answer.wasm?cos'\nglobalThis.answerUrl = url",
    })
    const configuration: Configuration = {
      target: 'node',
      output: { publicPath: '/_next/' },
      module: { parser: { javascript: { url: 'relative' } } },
    }
    const built = await build(bundler, project, request(configuration))
    expect(built.errors).toEqual([])
    const [, script] = [...built.files].find(([name]) => name.endsWith('.js'))!
    const seen: { answerUrl?: string } = {}
    runInNewContext(`${script}`, {
      globalThis: seen,
      URL,
      require: createRequire(import.meta.url),
      __filename: import.meta.filename,
    })
    expect(seen.answerUrl).toBe(`/_next/${Object.keys(wasmIn(built))[0]}`)
  },
)

test('webpack: a module that is imported without a word in the configuration is compiled and shared as before', async () => {
  const project = await createProject({
    'main.js': "import('./answer.wasm').then(({ answer }) => console.log(answer()))",
    'answer.wasm': wasmModule(42),
  })
  for (const options of [false, {}] as const) {
    const built = await build(bundlers[0]!, project, { options })
    expect([built.errors, built.warnings]).toEqual([[], []])
    expect(Object.keys(wasmIn(built))).toHaveLength(1)
    expect(Object.values(embeddedIn(built))).toEqual(options === false ? [] : [wasmIn(built)])
  }
})

test.each(bundlers.slice(0, 2))(
  '$name: a plugin that is applied to a compiler, or by another plugin',
  async ({ createCompiler, ...bundler }) => {
    const apply = (compiler: Compiler) => wasmCos().apply(compiler as never)
    const ways: ((configuration: Configuration) => Compiler)[] = [
      (configuration) => {
        const compiler = createCompiler(configuration)
        apply(compiler)
        return compiler
      },
      ...(['environment', 'initialize'] as const).map((hook) => (configuration: Configuration) => {
        const other = {
          apply: (compiler: Compiler) => compiler.hooks[hook].tap('other', () => apply(compiler)),
        }
        return createCompiler({ ...configuration, plugins: [...configuration.plugins!, other] })
      }),
    ]
    for (const createCompiler of ways) {
      const built = await build({ ...bundler, createCompiler }, await createProject(files), {
        options: false,
      })
      expect([built.errors, built.warnings]).toEqual([[], []])
      expect(Object.values(embeddedIn(built))).toEqual([wasmIn(built)])
    }
  },
)
