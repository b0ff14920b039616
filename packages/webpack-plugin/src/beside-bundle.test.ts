import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import HtmlPlugin from 'html-webpack-plugin'
import { createFsFromVolume, Volume } from 'memfs'
import { describe, expect, test } from 'vitest'
import { build, type Built, configure, embeddedIn, listen, textsOf } from './testing/build.ts'
import { type Bundler, bundlers, type Compiler, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

const load = (url: string) => `WebAssembly.instantiateStreaming(fetch("${url}"))\n`
const files = {
  'package.json': '{ "name": "application" }',
  'main.js': 'document.body.append("nothing of wasm")',
  'copied/vendor/glue.js': load('/vendor/answer.wasm'),
  'copied/vendor/answer.wasm': wasmModule(42),
  'copied/vendor/copy-of-answer.wasm': wasmModule(42),
}

/** Copies a folder when everything is written, as file managers and copy steps of frameworks do. */
const copyAtEnd = (from: string) => ({
  apply: (compiler: Compiler) =>
    compiler.hooks.afterEmit.tapPromise('copy', () => cp(from, compiler.outputPath, { recursive: true })),
})

const buildWithCopy = async (
  bundler: Bundler,
  project: string,
  configuration: Configuration = {},
): Promise<Built> =>
  build(bundler, project, {
    options: { manifest: true },
    configuration: {
      ...configuration,
      plugins: [copyAtEnd(join(project, 'copied')), ...(configuration.plugins ?? [])],
    },
  })

describe.each(bundlers)('$name', { timeout: 120_000 }, (bundler) => {
  test('glue that a plugin copies beside its wasm when all is written', async () => {
    const built = await buildWithCopy(bundler, await createProject(files))
    expect(built.errors).toEqual([])
    expect(built.warnings).toEqual([])
    expect(embeddedIn(built)).toHaveProperty(['vendor/glue.js', 'vendor/answer.wasm'])
    expect(built.printed).toEqual([
      expect.stringMatching(
        /shared through Cross-Origin Storage\n +vendor\/answer\.wasm .*← vendor\/glue\.js$/,
      ),
    ])
    expect(JSON.parse(built.files.get('wasm-cos.manifest.json')!.toString()).files).toMatchObject([
      { file: 'vendor/answer.wasm', chunks: ['vendor/glue.js'] },
    ])
  })

  test('glue that the bundler’s copy plugin copies, and a second copy of the bytes', async () => {
    const project = await createProject(files)
    const built = await build(bundler, project, {
      configuration: { plugins: [bundler.copy(join(project, 'copied'), '')] },
    })
    expect(Object.keys(embeddedIn(built))).toEqual(['vendor/glue.js'])
    expect(built.printed.join('\n')).toMatch(
      /no script of this build loads it\n +vendor\/copy-of-answer\.wasm/,
    )
  })

  test('a name with a hash that the bundle mentions: a warning with file, reason and fix', async () => {
    const project = await createProject({
      ...files,
      'main.js':
        'document.head.append(Object.assign(document.createElement("script"), { src: "/v/glue-B1x2Y3z4.js" }))',
      'copied/v/glue-B1x2Y3z4.js': load('/v/answer.wasm'),
      'copied/v/answer.wasm': wasmModule(42),
    })
    const built = await buildWithCopy(bundler, project, { output: { filename: '[name].[contenthash].js' } })
    expect(built.warnings).toEqual([
      expect.stringMatching(/v\/glue-B1x2Y3z4\.js .* since main\.\w+\.js has a hash .*npx wasm-cos inject/),
    ])
    expect(Object.keys(embeddedIn(built))).toEqual(['vendor/glue.js'])
  })

  test('what was in the output before the build is left as it is', async () => {
    const project = await createProject({ ...files, 'dist/old.js': load('/vendor/answer.wasm') })
    const built = await buildWithCopy(bundler, project, { output: { clean: false } })
    expect(built.files.get('old.js')!.toString()).toBe(load('/vendor/answer.wasm'))
  })

  test('a compiler that writes to memory: nothing is looked for on disk', async () => {
    const project = await createProject({
      ...files,
      'main.js': `${load('')};new URL('./copied/vendor/answer.wasm', import.meta.url)`,
      'dist/main.js': 'an earlier build',
      'dist/vendor/glue.js': load('/vendor/answer.wasm'),
      'dist/vendor/answer.wasm': wasmModule(42),
    })
    const compiler = bundler.createCompiler(configure(project, {}))
    const printed = listen(compiler)
    compiler.outputFileSystem = createFsFromVolume(new Volume()) as never
    await new Promise<void>((resolve, reject) => {
      compiler.run((error) => (error ? reject(error) : compiler.close(() => resolve())))
    })
    expect(printed).toEqual([expect.stringContaining('shared through Cross-Origin Storage')])
    expect(await readFile(join(project, 'dist/vendor/glue.js'), 'utf8')).toBe(load('/vendor/answer.wasm'))
  })
})

test('webpack: a classic script in the page of html-webpack-plugin, again when nothing has changed', async () => {
  const project = await createProject({
    ...files,
    'page.html': `<link rel="preload" as="fetch" href="vendor/answer.wasm"><script>${load('vendor/answer.wasm')}</script>`,
  })
  const configuration = {
    output: { clean: false },
    plugins: [new HtmlPlugin({ template: join(project, 'page.html') })],
  }
  const pageOf = (built: Built) => textsOf(built, 'index.html')[0]![1]
  const first = await buildWithCopy(bundlers[0]!, project, configuration)
  expect(pageOf(first)).toContain('vendor/answer.wasm",')
  expect(first.warnings).toEqual([
    expect.stringContaining('index.html:1 has <link rel="preload"> for vendor/answer.wasm'),
  ])
  expect(pageOf(await buildWithCopy(bundlers[0]!, project, configuration))).toBe(pageOf(first))
  // As another build without the plugin has left it.
  await writeFile(
    join(first.folder, 'index.html'),
    pageOf(await build(bundlers[0]!, project, { configuration, options: false })),
  )
  expect(pageOf(await buildWithCopy(bundlers[0]!, project, configuration))).toBe(pageOf(first))
}, 120_000)
