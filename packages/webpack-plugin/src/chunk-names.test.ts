import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '@wasm-cos/harness/hash'
import { describe, expect, test } from 'vitest'
import { build, type BuildOptions, type Built, embeddedIn, wasmIn } from './testing/build.ts'
import { bundlers, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'
import { watch } from './testing/watch.ts'

const project = () =>
  createProject({
    'main.js': "import('./lazy.js'); import('./load.js').then(({ load }) => load()).then(console.log)",
    'lazy.js': "fetch('/api').then(console.log)",
    'load.js': `export async function load() {
      const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
      return instance.exports.answer()
    }`,
    'answer.wasm': wasmModule(42),
  })

/** The wasm's own name says nothing of its content. */
const named = (hash: string): Configuration => ({
  output: {
    filename: `[name].[${hash}].js`,
    chunkFilename: `[id].[${hash}].js`,
    assetModuleFilename: '[name][ext]',
  },
  optimization: { realContentHash: hash === 'contenthash', chunkIds: 'named' },
})

describe.each(bundlers)('$name', { timeout: 60_000 }, (bundler) => {
  describe.each([
    ['[contenthash]', named('contenthash')],
    [
      '[contenthash] without realContentHash',
      { ...named('contenthash'), optimization: { realContentHash: false, chunkIds: 'named' as const } },
    ],
    ['[chunkhash]', named('chunkhash')],
  ])('%s', (_, configuration) => {
    test('changes with the options and the wasm, and with nothing else', async () => {
      const folder = await project()
      const loader = async (options?: BuildOptions['options']) => {
        const built = await build(bundler, folder, { configuration, ...(options && { options }) })
        expect(built.errors).toEqual([])
        const [name, ...others] = Object.keys(embeddedIn(built))
        expect(others).toEqual([])
        return name!
      }
      const first = await loader()
      expect(await loader()).toBe(first)
      const names = [first, await loader({ origins: '*' }), await loader({ lookupTimeout: 5 })]
      await writeFile(join(folder, 'answer.wasm'), wasmModule(43))
      names.push(await loader())
      expect(new Set(names).size).toBe(4)
    })

    test('of a chunk without wasm does not, nor do its bytes', async () => {
      const folder = await project()
      const lazy = ({ files }: Built) => [...files].find(([name]) => name.startsWith('lazy_js'))!
      const [name, bytes] = lazy(await build(bundler, folder, { configuration }))
      const [plainName, plainBytes] = lazy(await build(bundler, folder, { configuration, options: false }))
      expect(bytes).toEqual(plainBytes)
      if (configuration.optimization?.realContentHash) expect(name).toBe(plainName)
      await writeFile(join(folder, 'answer.wasm'), wasmModule(43))
      const [nameOfNext] = lazy(await build(bundler, folder, { configuration, options: { origins: '*' } }))
      // Names that are made before the code is edited allow for a chunk with `fetch` being a download helper.
      if (configuration.optimization?.realContentHash) expect(nameOfNext).toBe(name)
    })
  })

  test('a build from the cache is like one without', async () => {
    const folder = await project()
    const build2 = async (request: BuildOptions) => {
      const { optimization, ...rest } = named('contenthash')
      const configuration: Configuration = {
        ...rest,
        devtool: 'source-map',
        optimization: { ...optimization, minimize: bundler.isReproducible },
      }
      const cached = await build(bundler, folder, {
        ...request,
        configuration: { ...configuration, ...bundler.cacheIn(join(folder, 'cache')) },
      })
      const fresh = await build(bundler, folder, { ...request, configuration })
      expect(cached.errors).toEqual([])
      expect(cached.files).toEqual(fresh.files)
      expect(Object.values(embeddedIn(cached))).toEqual([wasmIn(cached)])
    }
    await build2({})
    await build2({})
    await build2({ options: { verify: true } })
    await writeFile(join(folder, 'answer.wasm'), wasmModule(43))
    await build2({ options: { verify: true } })
    await writeFile(join(folder, 'lazy.js'), "console.log('changed')")
    await build2({ options: { verify: true } })
  })

  test('when watching, every build carries the hash of what it wrote', async () => {
    const folder = await project()
    const configuration = { ...named('contenthash'), devtool: 'source-map' as const }
    const nextBuild = watch(bundler, folder, { configuration, options: { manifest: true } })
    const expectTrue = (built: Built, hash: string) => {
      expect(built.errors).toEqual([])
      expect(Object.values(embeddedIn(built))).toEqual([{ 'answer.wasm': hash }])
      const { files } = JSON.parse(built.files.get('wasm-cos.manifest.json')!.toString())
      expect(files).toMatchObject([{ hash: { value: hash }, chunks: Object.keys(embeddedIn(built)) }])
    }
    const hasText = (text: string) => (built: Built) =>
      [...built.files].some(([name, bytes]) => name.endsWith('.js') && bytes.includes(text))
    const hasWasm = (hash: string) => (built: Built) => wasmIn(built)['answer.wasm'] === hash

    const [before, after] = [sha256(wasmModule(42)), sha256(wasmModule(43))]
    expectTrue(await nextBuild(hasWasm(before)), before)
    await writeFile(join(folder, 'lazy.js'), "console.log('lazy and changed')")
    expectTrue(await nextBuild(hasText('lazy and changed')), before)
    await writeFile(join(folder, 'answer.wasm'), wasmModule(43))
    expectTrue(await nextBuild(hasWasm(after)), after)
    await writeFile(join(folder, 'main.js'), "import('./load.js'); console.log('main and changed')")
    expectTrue(await nextBuild(hasText('main and changed')), after)
  })
})
