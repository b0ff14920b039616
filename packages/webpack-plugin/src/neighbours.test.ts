import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import CompressionPlugin from 'compression-webpack-plugin'
import { describe, expect, test } from 'vitest'
import { build, type Built, embeddedIn, wasmIn } from './testing/build.ts'
import { bundlers, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

const project = () =>
  createProject({
    'main.js': "import('./load.js').then(({ load }) => load()).then(console.log)\nimport './load.js'",
    'load.js': `export async function load() {
      const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
      return instance.exports.answer()
    }`,
    'answer.wasm': wasmModule(42),
  })

/** What else is in real configurations. */
describe.each(bundlers)('$name', { timeout: 60_000 }, (bundler) => {
  async function buildWith(configuration: Configuration): Promise<Built> {
    const built = await build(bundler, await project(), { configuration })
    expect([built.errors, built.warnings]).toEqual([[], []])
    expect(Object.values(embeddedIn(built))).toEqual([wasmIn(built)])
    return built
  }

  test('a compression plugin compresses the edited files', async () => {
    const { files } = await buildWith({
      output: { filename: '[name].[contenthash].js', chunkFilename: '[id].[contenthash].js' },
      plugins: [new CompressionPlugin({ test: /\.(js|wasm)$/, minRatio: Infinity })],
    })
    const compressed = [...files].filter(([name]) => name.endsWith('.gz'))
    expect(compressed.length).toBeGreaterThan(1)
    for (const [name, bytes] of compressed) {
      expect(gunzipSync(bytes)).toEqual(files.get(name.replace(/\.gz$/, '')))
    }
  })

  test('the table names scripts as they were before a compression plugin removed them', async () => {
    const configuration = {
      output: { filename: '[name].[contenthash].js', chunkFilename: '[id].[contenthash].js' },
      plugins: [
        new CompressionPlugin({ test: /\.(js|wasm)$/, minRatio: Infinity, deleteOriginalAssets: true }),
      ],
    }
    const { errors, warnings, files, printed } = await build(bundler, await project(), { configuration })
    expect([errors, warnings]).toEqual([[], []])
    const named = /← (.*\.js)/.exec(printed.join('\n'))![1]!
    expect([...files.keys()]).toContain(`${named}.gz`)
  })

  test('an SRI plugin describes the edited files', async () => {
    const { files } = await buildWith({
      output: { crossOriginLoading: 'anonymous', filename: '[name].[contenthash].js' },
      plugins: bundler.htmlWithIntegrity(),
    })
    const html = files.get('index.html')!.toString()
    const tags = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)
    const scripts = tags.map((tag) => [
      /src="?([^" >]+)/.exec(tag)![1]!,
      /integrity="?([^" >]+)/.exec(tag)![1]!,
    ])
    expect(scripts.length).toBeGreaterThan(0)
    for (const [name, integrity] of scripts) {
      const digests = ['sha256', 'sha384', 'sha512'].map(
        (algorithm) => `${algorithm}-${createHash(algorithm).update(files.get(name!)!).digest('base64')}`,
      )
      expect(digests).toContain(integrity)
    }
  })

  test('a page that its worker may ask to fetch answers for the files of the worker', async () => {
    const directory = await createProject({
      'main.js': `const worker = new Worker(new URL('./worker.js', import.meta.url))
        const wasmUrl = 'wasm/'
        worker.onmessage = async ({ data }) => worker.postMessage(await fetch(wasmUrl + data).then((r) => r.arrayBuffer()))`,
      'worker.js': `const file = new URL('./answer.wasm', import.meta.url)
        onmessage = ({ data }) => WebAssembly.instantiate(data)
        if (location.search) WebAssembly.instantiateStreaming(fetch(file))
        else postMessage(file.pathname.split('/').pop())`,
      'answer.wasm': wasmModule(42),
    })
    const built = await build(bundler, directory, { configuration: {} })
    expect([built.errors, built.warnings]).toEqual([[], []])
    const scripts = [...built.files.keys()].filter((name) => name.endsWith('.js'))
    expect(scripts.length).toBe(2)
    expect(Object.keys(embeddedIn(built)).toSorted()).toEqual(scripts.toSorted())
  })
})
