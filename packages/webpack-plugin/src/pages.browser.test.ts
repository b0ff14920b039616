import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { expectLoads, serveHere } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { describe, expect, test } from 'vitest'
import { build, type BuildOptions, type Built } from './testing/build.ts'
import { type Bundler, bundlers, type Configuration } from './testing/bundlers.ts'
import { helpers, writePage } from './testing/page.ts'
import { createProject, wasmModule } from './testing/project.ts'

const sqlite = {
  'main.js': "import { query } from './query.js'\nimport { show } from './show.js'\nquery().then(show)",
}
const cardano = {
  'main.js': `import { BigNum } from '@emurgo/cardano-message-signing-browser'
import { show } from './show.js'
show(BigNum.from_str('6').checked_mul(BigNum.from_str('7')).to_str())`,
}
const answer = {
  'main.js': `import { show } from './show.js'
WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
  .then(({ instance }) => show(instance.exports.answer()))`,
  'answer.wasm': wasmModule(42),
}
/** Modules of wasm by both forms of a source phase import. */
const sources = {
  'main.js': `import source first from './first.wasm'
import { show } from './show.js'
const answer = async (module) => (await WebAssembly.instantiate(module)).exports.answer()
const add = async () => (await answer(first)) + (await answer(await import.source('./second.wasm')))
add().then(show)`,
  'first.wasm': wasmModule(40),
  'second.wasm': wasmModule(2),
}
const asModule: Configuration = {
  experiments: { outputModule: true, asyncWebAssembly: true },
  output: { module: true },
}

const shared = shareBrowser(() => startCosHost())

/** The storage answers however busy the machine is. */
const options = { lookupTimeout: 20_000 }

/** Builds a project with `main.js`, or fails with what the bundler says. */
async function buildPage(
  bundler: Bundler,
  files: Record<string, string | Uint8Array>,
  request: BuildOptions = {},
) {
  const built = await build(bundler, await createProject({ ...helpers, ...files }), { options, ...request })
  expect(built.errors).toEqual([])
  expect(built.warnings).toEqual([])
  return built
}

/** The scripts of the entry, from the page. */
async function writeEntryPage(built: Built, attributes?: string) {
  await writePage(built, built.entry, attributes)
}

describe.each(bundlers)('$name', { timeout: 90_000 }, (bundler) => {
  test.each<[string, Record<string, string | Uint8Array>, Configuration, string?]>([
    ['new URL(), sql.js, output.module', sqlite, asModule, 'type="module"'],
    ['an imported package, output.module', cardano, asModule, 'type="module"'],
    [
      'an imported package, a single runtime chunk',
      cardano,
      { experiments: { asyncWebAssembly: true }, optimization: { runtimeChunk: 'single' } },
    ],
    [
      'several entries, splitChunks, a single runtime chunk',
      { ...sqlite, 'other.js': "import { query } from './query.js'\nquery().then(console.log)" },
      {
        entry: { main: './main.js', other: './other.js' },
        optimization: { runtimeChunk: 'single', splitChunks: { chunks: 'all', minSize: 0 } },
        output: { filename: '[name].[contenthash].js' },
      },
    ],
    ['names with a query', answer, { output: { assetModuleFilename: '[name][ext]?[contenthash]' } }],
  ])('%s', async (_, files, configuration, attributes) => {
    const built = await buildPage(bundler, files, { configuration })
    await writeEntryPage(built, attributes)
    await expectLoads(shared, built.folder, { result: '42' })
  })

  // Rspack 1 does not know it.
  test.each(bundler.name === 'Rspack 1' ? [] : ['webpack'])(
    'import source, which the runtime of %s fetches',
    async () => {
      const built = await buildPage(bundler, sources, {
        configuration: { experiments: { asyncWebAssembly: true, sourceImport: true } },
      })
      await writeEntryPage(built)
      await expectLoads(shared, built.folder, { result: '42', files: 2 })
    },
  )

  test.each<[string, Configuration, string?]>([
    // webpack's module workers wait for a split chunk with nothing but assets for ever, with and without the plugin.
    ['module', { ...asModule, optimization: { splitChunks: false } }, 'type="module"'],
  ])('sql.js in a %s worker', async (_, configuration, attributes) => {
    const built = await buildPage(
      bundler,
      {
        'main.js': `import { show } from './show.js'
const worker = new Worker(new URL('./worker.js', import.meta.url)${attributes ? ", { type: 'module' }" : ''})
worker.onmessage = ({ data }) => {
  if (data === 'ready') worker.postMessage(document.querySelector('script[src*="/cos.js"]')?.src)
  else show(data)
}
worker.onerror = ({ message }) => Promise.reject(new Error(message))`,
        'worker.js': `import { query } from './query.js'
self.onmessage = async ({ data: cosScript }) => {
  if (cosScript) await ${attributes ? 'import(/* webpackIgnore: true */ cosScript)' : 'importScripts(cosScript)'}
  self.postMessage(await query())
}
self.postMessage('ready')`,
      },
      { configuration },
    )
    await writeEntryPage(built, attributes)
    await expectLoads(shared, built.folder, { result: '42', inWorker: true })
  })

  test('output.publicPath is an absolute path', async () => {
    const project = await createProject({ ...helpers, ...sqlite })
    const path = join(project, 'dist/below')
    const built = await build(bundler, project, {
      options,
      configuration: { output: { path, publicPath: '/below/' } },
    })
    await writeEntryPage(built)
    await expectLoads(shared, join(project, 'dist'), { result: '42', path: 'below/' })
  })

  describe('output.publicPath is a CDN', () => {
    const cors = { headers: () => ({ 'Access-Control-Allow-Origin': '*' }) }

    test.each<[string, Configuration, string?]>([
      ['classic scripts', {}],
      ['modules', asModule, 'type="module"'],
    ])('by its URL, %s', async (_, { output, ...configuration }, attributes) => {
      const project = await createProject({ ...helpers, ...sqlite })
      const cdn = await serveHere(join(project, 'dist'), cors)
      const built = await build(bundler, project, {
        options,
        configuration: { ...configuration, output: { ...output, publicPath: cdn.url } },
      })
      await writePage(
        built,
        built.entry.map((script) => cdn.url + script),
        attributes,
      )
      await expectLoads(shared, built.folder, { result: '42', cdn })
    })

    test.each<[string, Configuration, string?]>([
      ['classic scripts', {}],
      ['modules', asModule, 'type="module"'],
    ])('that only the page knows ("auto"), %s', async (_, configuration, attributes) => {
      const project = await createProject({
        ...helpers,
        ...sqlite,
        // One that is asked while the script still runs, one that is asked later, from a chunk of its own.
        'main.js': `import { show } from './show.js'
const first = WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
const second = import('./query.js').then(({ query }) => query())
Promise.all([first, second]).then(([{ instance }, answer]) => show([instance.exports.answer(), answer]))`,
        'answer.wasm': wasmModule(41),
      })
      const cdn = await serveHere(join(project, 'dist'), cors)
      const built = await build(bundler, project, { options, configuration })
      expect(built.errors).toEqual([])
      await writePage(
        built,
        built.entry.map((script) => cdn.url + script),
        attributes,
      )
      await expectLoads(shared, built.folder, { result: '41,42', files: 2, cdn })
    })
  })
})
