import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Compiler } from 'webpack'
import { build, type Built, embeddedIn } from './testing/build.ts'
import { bundlers, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'
import { watch } from './testing/watch.ts'

const main = `
WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
  .then(({ instance }) => console.log(instance.exports.answer()))
`
const project = () => createProject({ 'main.js': main, 'answer.wasm': wasmModule(42) })

describe.each(bundlers)('$name', { timeout: 60_000 }, (bundler) => {
  test.each([
    ['mode development', { mode: 'development' }, "mode is 'development'"],
    [
      'mode development with source maps',
      { mode: 'development', devtool: 'source-map' },
      "mode is 'development'",
    ],
    ['devtool eval', { devtool: 'eval' }, 'devtool "eval" puts the code into strings'],
    [
      'devtool eval-source-map',
      { devtool: 'eval-source-map' },
      'devtool "eval-source-map" puts the code into strings',
    ],
  ] as [string, Configuration, string][])(
    '%s: the output is the bundler’s own, with one notice',
    async (_, configuration, reason) => {
      const folder = await project()
      const built = await build(bundler, folder, { configuration, options: { strict: true } })
      expect(built.errors).toEqual([])
      expect(built.warnings).toEqual([])
      expect(built.printed).toEqual([expect.stringContaining(reason)])
      expect(built.files).toEqual((await build(bundler, folder, { configuration, options: false })).files)
    },
  )

  test('the notice comes once, however often a watcher builds', async () => {
    const folder = await project()
    const nextBuild = watch(bundler, folder, { configuration: { mode: 'development' } })
    await nextBuild(() => true)
    await writeFile(join(folder, 'main.js'), `${main}\nconsole.log('changed')`)
    const { printed } = await nextBuild(({ files }) => files.get('main.js')!.includes('changed'))
    expect(printed).toHaveLength(1)
  })

  test('target electron-main: nothing is injected, with one warning', async () => {
    const configuration: Configuration = { target: 'electron-main' }
    const built = await build(bundler, await project(), { configuration })
    expect(built.errors).toEqual([])
    expect(built.warnings).toEqual([expect.stringContaining("not for the web alone (option 'target')")])
    expect(embeddedIn(built)).toEqual({})
    expect(built.printed).toEqual([])
  })

  test('an output that a package gives to applications is edited, with a warning', async () => {
    const folder = await project()
    await writeFile(join(folder, 'package.json'), '{ "name": "answers", "exports": "./dist/main.mjs" }')
    const configuration: Configuration = {
      output: { library: { type: 'module' } },
      experiments: { outputModule: true },
    }
    const built = await build(bundler, folder, { configuration })
    expect(built.errors).toEqual([])
    expect(built.warnings).toEqual([
      expect.stringContaining('main.mjs is what the package answers gives to applications'),
    ])
  })

  test('the half of a project for its server says nothing beside the half for browsers', async () => {
    const folder = await project()
    const output = { path: join(folder, 'server') }
    const [server, browser] = await Promise.all([
      build(bundler, folder, { options: { strict: true }, configuration: { target: 'node', output } }),
      build(bundler, folder),
    ])
    expect([...server.errors, ...server.warnings]).toEqual([])
    expect(embeddedIn(server)).toEqual({})
    expect(Object.keys(embeddedIn(browser))).toEqual(['main.js'])
  })

  test('a script as an asset stays under the name that a build for a server has for it', async () => {
    const url = (name: string) => `String(new URL('./${name}', import.meta.url))`
    const glue = 'WebAssembly.compileStreaming(fetch(globalThis.wasmUrl))'
    const files = {
      'a.wasm': wasmModule(42),
      'glue.js': glue,
      'main.js': `globalThis.wasmUrl = ${url('a.wasm')}; console.log(${url('glue.js')})`,
    }
    const folder = await createProject(files)
    const output = { assetModuleFilename: '[name].[contenthash][ext]', publicPath: '/s/' }
    const [server, browser] = await Promise.all([
      build(bundler, folder, {
        configuration: { target: 'node', output: { ...output, path: join(folder, 'server') } },
      }),
      build(bundler, folder, { configuration: { output } }),
    ])
    const nameIn = ({ files }: Built) => /glue\.\w+\.js/.exec(files.get('main.js')!.toString())![0]
    expect(nameIn(browser)).not.toBe(nameIn(server))
    expect(embeddedIn(browser)[nameIn(browser)]).toBeDefined()
    expect(browser.files.get(nameIn(server))).toEqual(server.files.get(nameIn(server)))
    expect(browser.printed.join()).toContain(`stay, as they were: ${nameIn(server)}. A server`)
    expect(browser.printed.join()).toContain(`← ${nameIn(browser)}`)
    expect([...browser.errors, ...browser.warnings]).toEqual([])
    // Workbox lists what there is by then for browsers to load.
    let listed: string[] = []
    const workbox = {
      apply(compiler: Compiler) {
        compiler.hooks.thisCompilation.tap('list', (compilation) =>
          compilation.hooks.processAssets.tap(
            { name: 'list', stage: compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_TRANSFER - 10 },
            (assets) => (listed = Object.keys(assets)),
          ),
        )
      },
    }
    await build(bundler, await createProject(files), { configuration: { output, plugins: [workbox] } })
    expect(listed).toContain(nameIn(browser))
    expect(listed).not.toContain(nameIn(server))
    // As that of a process of its own.
    const alone = await build(bundler, await createProject(files), { configuration: { output } })
    expect(alone.files.get(nameIn(server))).toEqual(server.files.get(nameIn(server)))
  })

  test('a copied script that is not UTF-8 keeps its bytes, with a warning', async () => {
    const folder = await project()
    const latin1 = Buffer.from('console.log("é")', 'latin1')
    await mkdir(join(folder, 'copied'))
    await writeFile(join(folder, 'copied/vendor.js'), latin1)
    const built = await build(bundler, folder, {
      configuration: {
        optimization: { minimize: false },
        plugins: [bundler.copy(join(folder, 'copied'), '')],
      },
    })
    expect(built.warnings).toEqual([expect.stringContaining('vendor.js is not UTF-8 and was left as it is')])
    expect(built.files.get('vendor.js')).toEqual(latin1)
    expect(Object.keys(embeddedIn(built))).toEqual(['main.js'])
  })

  test('a CommonJS library is left alone, unless it is final; a UMD library is not', async () => {
    const libraryOf = (type: string, options = {}) =>
      project().then((folder) =>
        build(bundler, folder, { options, configuration: { output: { library: { type, name: 'widget' } } } }),
      )
    const alone = await libraryOf('commonjs')
    expect(alone.warnings).toEqual([
      expect.stringContaining(
        "is a library: the application that bundles it decides; where none does, set the option 'final: true'",
      ),
    ])
    expect(embeddedIn(alone)).toEqual({})
    for (const built of [await libraryOf('commonjs', { final: true }), await libraryOf('umd')]) {
      expect(built.warnings).toEqual([])
      expect(Object.keys(embeddedIn(built))).toEqual(['main.js'])
    }
  })

  test('a build without wasm is the bundler’s own, without a word', async () => {
    const folder = await createProject({ 'main.js': "fetch('/api').then(console.log)" })
    const built = await build(bundler, folder)
    expect([built.errors, built.warnings, built.printed]).toEqual([[], [], []])
    expect(built.files).toEqual((await build(bundler, folder, { options: false })).files)
  })
})
