import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import wasmCos from './index.ts'

const load = (url: string) => `WebAssembly.instantiateStreaming(fetch(${url}))`

let root: string

beforeAll(async () => {
  root = await mkdtemp(join(import.meta.dirname, '../.cache-worker-names-'))
  await writeFile(join(root, 'a.wasm'), Buffer.from('\0asm\x01\0\0\0'))
  await writeFile(join(root, 'worker.js'), `import url from './a.wasm?url'\n${load('url')}`)
  await writeFile(join(root, 'main.js'), "new Worker(new URL('./worker.js', import.meta.url))")
})

afterAll(() => rm(root, { recursive: true, force: true }))

describe.each([
  ['Vite 8', vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
])('%s', (_, { build }) => {
  const filesOf = async (...plugins: vite8.PluginOption[]): Promise<Map<string, string>> => {
    const emitter: vite8.Plugin = {
      name: 'emitter',
      buildStart() {
        const source = load("'/assets/a.wasm'")
        this.emitFile({ type: 'asset', fileName: 'assets/ort-wasm-threaded.js', source })
      },
    }
    const { output } = (await build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [emitter, ...plugins],
      build: {
        write: false,
        assetsInlineLimit: 0,
        rollupOptions: {
          input: join(root, 'main.js'),
          output: { entryFileNames: 'main.js', assetFileNames: 'assets/[name][extname]' },
        },
      },
      worker: { rollupOptions: { output: { assetFileNames: 'assets/[name][extname]' } } },
    })) as vite8.Rollup.RollupOutput
    return new Map(
      output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source.toString()]),
    )
  }

  test('the plugin for workers, too, changes nothing, and no map is wrong', async () => {
    await writeFile(
      join(root, 'nested.js'),
      "import './worker.js'; new Worker(new URL('./worker.js', import.meta.url))",
    )
    const messages: string[] = []
    const bundle = async (workerPlugins: vite8.PluginOption[]): Promise<Map<string, string | Uint8Array>> => {
      const { output } = (await build({
        root,
        configFile: false,
        customLogger: { ...vite8.createLogger('silent'), warn: (message) => messages.push(message) },
        plugins: [wasmCos()],
        worker: { format: 'es', plugins: () => workerPlugins },
        build: {
          write: false,
          sourcemap: true,
          assetsInlineLimit: 0,
          rollupOptions: { input: join(root, 'main-of-nested.js') },
        },
      })) as vite8.Rollup.RollupOutput
      return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
    }
    await writeFile(join(root, 'main-of-nested.js'), "new Worker(new URL('./nested.js', import.meta.url))")
    expect(await bundle([wasmCos()])).toEqual(await bundle([]))
    expect(messages).toEqual([])
  })

  test('a script that another plugin emits keeps its name, whatever it looks like', async () => {
    const script = (await filesOf(wasmCos())).get('assets/ort-wasm-threaded.js')
    expect(script).toContain('crossOriginStorage')
  })

  test('a worker whose name a function makes, too', async () => {
    const names = await Promise.all(
      [wasmCos(), wasmCos({ integrity: true })].map(async (plugin) => {
        const output = { entryFileNames: () => '[name].[hash].js', assetFileNames: 'assets/[name][extname]' }
        const files = await filesOf(plugin, {
          name: 'names',
          config: () => ({ worker: { rollupOptions: { output } } }),
        })
        const name = [...files.keys()].find((name) => name.startsWith('worker.'))!
        expect(files.get(name)).toContain('crossOriginStorage')
        expect(files.get('main.js')).toContain(name)
        return name
      }),
    )
    expect(new Set(names).size).toBe(2)
  })

  test('where nothing looks like a server, nothing stays under an old name', async () => {
    const [before, after] = [await filesOf(), await filesOf(wasmCos())]
    expect(after.size).toBe(before.size)
  })

  test('a worker gets a name for what it holds now, and the page asks for that', async () => {
    const before = await filesOf()
    const after = await filesOf(wasmCos())
    const [name, ...others] = [...after.keys()].filter((fileName) => !before.has(fileName))
    expect(others).toEqual([])
    expect(name).toMatch(/^assets\/worker-[\w-]{8}\.js$/)
    expect(after.get(name!)).toContain('crossOriginStorage')
    expect(after.get('main.js')).toContain(name)
  })

  test('what a worker alone loads is as public as the package that it is from', async () => {
    const folder = await mkdtemp(join(import.meta.dirname, '../.cache-worker-package-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const library = join(folder, 'node_modules/library')
    await mkdir(library, { recursive: true })
    const manifest = { name: 'library', version: '1.0.0', license: 'MIT', repository: 'a/library' }
    await writeFile(join(library, 'package.json'), JSON.stringify(manifest))
    await writeFile(join(library, 'library.wasm'), Buffer.from('\0asm\x01\0\0\0'))
    await writeFile(join(folder, 'package.json'), '{"dependencies":{"library":"1.0.0"}}')
    await writeFile(join(folder, 'worker.js'), `import url from 'library/library.wasm?url'\n${load('url')}`)
    await writeFile(join(folder, 'main.js'), "new Worker(new URL('./worker.js', import.meta.url))")
    await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins: [wasmCos({ manifest: true })],
      build: { assetsInlineLimit: 0, rollupOptions: { input: join(folder, 'main.js') } },
      worker: { format: 'es' },
    })
    const written = JSON.parse(await readFile(join(folder, 'dist/wasm-cos.manifest.json'), 'utf8')) as object
    expect(written).toMatchObject({ files: [{ origins: '*' }] })
  })

  test('a folder for assets may end with a slash', async () => {
    const named = async (assetsDir: string, ...plugins: vite8.PluginOption[]): Promise<string> => {
      const { output } = (await build({
        root,
        configFile: false,
        logLevel: 'silent',
        plugins,
        build: {
          write: false,
          assetsDir,
          assetsInlineLimit: 0,
          rollupOptions: { input: join(root, 'main.js') },
        },
      })) as vite8.Rollup.RollupOutput
      return output.find(({ fileName }) => /worker-[\w-]{8}\.js$/.test(fileName))!.fileName
    }
    expect(await named('files/', wasmCos())).not.toBe(await named('files/'))
  })

  test.each([
    ['./glue.js?url', "import url from './glue.js?url'", 'dist/client', 'render.js'],
    ['./glue.js?url', "import url from './glue.js?url'", 'web', 'src/entry-server.ts'],
    ['./worker.js?worker&url', "import url from './worker.js?worker&url'", 'web', 'server.js'],
    [
      './worker.js?worker&url',
      "const url = new Worker(new URL('./worker.js', import.meta.url))",
      'dist/client',
      'render.js',
    ],
  ])(
    "a server's build may name a script by the URL that it has there: %s, where the page has %s, in %s beside %s",
    async (specifier, ofPage, outDir, serverModule) => {
      const folder = await mkdtemp(join(import.meta.dirname, '../.cache-worker-server-'))
      onTestFinished(() => rm(folder, { recursive: true, force: true }))
      await writeFile(join(folder, 'a.wasm'), Buffer.from('\0asm\x01\0\0\0'))
      await writeFile(join(folder, 'glue.js'), load('wasmUrl'))
      await writeFile(join(folder, 'worker.js'), `import url from './a.wasm?url'\n${load('url')}`)
      const rest = "import wasm from './a.wasm?url'\nexport const urls = [url, wasm]"
      await writeFile(join(folder, 'page.js'), `${ofPage}\n${rest}`)
      await mkdir(join(folder, 'src'))
      await writeFile(
        join(folder, serverModule),
        `import url from '/${specifier}'\n${rest.replace('./', '/')}\nexport const render = () => urls.join()`,
      )
      const printed: string[] = []
      const customLogger = vite8.createLogger('info')
      customLogger.info = (message) => void printed.push(message)
      const built = async (ssr: boolean): Promise<vite8.Rollup.RollupOutput['output']> => {
        const { output } = (await build({
          root: folder,
          configFile: false,
          customLogger,
          plugins: [wasmCos()],
          build: {
            write: false,
            assetsInlineLimit: 0,
            ssr,
            outDir: ssr ? 'dist/server' : outDir,
            rollupOptions: {
              input: join(folder, ssr ? serverModule : 'page.js'),
              preserveEntrySignatures: 'strict',
            },
          },
        })) as vite8.Rollup.RollupOutput
        return output
      }
      const [client, server] = [await built(false), await built(true)]
      const urlOf = (output: vite8.Rollup.RollupOutput['output']): string =>
        /assets\/(?:glue|worker)-[\w-]{8}\.js/.exec(
          output.map((file) => ('code' in file ? file.code : '')).join(),
        )![0]
      expect(urlOf(client)).not.toBe(urlOf(server))
      const codes = new Map(
        client.map((file) => [file.fileName, 'source' in file ? String(file.source) : '']),
      )
      expect(codes.get(urlOf(client))).toContain('crossOriginStorage')
      expect(codes.get(urlOf(server))).toContain('instantiateStreaming')
      expect(codes.get(urlOf(server))).not.toContain('crossOriginStorage')
      expect(printed.join()).toContain(`stay, as they were: ${urlOf(server)}. A server`)
    },
  )
})
