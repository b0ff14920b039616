import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import * as vite7Oldest from 'vite7-oldest'
import * as vite8Oldest from 'vite8-oldest'
import wasmCos from './index.ts'

let root: string

beforeAll(async () => {
  root = await mkdtemp(join(import.meta.dirname, '../.cache-environments-'))
  await mkdir(join(root, 'public'))
  await writeFile(join(root, 'public/shared.wasm'), Buffer.from('\0asm\x01\0\0\0'))
  await writeFile(join(root, 'main.js'), "WebAssembly.instantiateStreaming(fetch('/shared.wasm'))")
})

afterAll(() => rm(root, { recursive: true, force: true }))

describe.each([
  ['Vite 8', vite8],
  ['Vite 8.0', vite8Oldest as unknown as typeof vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
  ['Vite 7.0', vite7Oldest as unknown as typeof vite8],
])('%s', (_, vite) => {
  const out = (name: string) => join(root, vite.version, name)
  const config = (): vite8.InlineConfig => ({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [wasmCos()],
    build: { rollupOptions: { input: join(root, 'main.js') } },
  })

  /** Whether the code that was built loads the public file from Cross-Origin Storage. */
  const sharesIn = async (folder: string): Promise<boolean> => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => /\.m?js$/.test(name))
    const codes = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
    expect(codes.join()).toContain('instantiateStreaming')
    return codes.some((code) => code.includes('crossOriginStorage'))
  }

  const environments = (client: object, admin: object): Record<string, vite8.EnvironmentOptions> => ({
    client: { build: { outDir: out('client'), ...client } },
    admin: {
      consumer: 'client',
      build: { outDir: out('admin'), rollupOptions: { input: join(root, 'main.js') }, ...admin },
    },
  })

  const buildBoth = async (builder: vite8.ViteBuilder): Promise<void> => {
    await builder.build(builder.environments.client!)
    await builder.build(builder.environments.admin!)
  }

  test.each([false, true])('each environment has the public files it copies (shared: %s)', async (shared) => {
    for (const without of ['client', 'admin']) {
      const options = (name: string) => ({ copyPublicDir: name !== without })
      const builder = await vite.createBuilder({
        ...config(),
        environments: environments(options('client'), options('admin')),
        builder: { sharedConfigBuild: shared, sharedPlugins: shared, buildApp: buildBoth },
      })
      await builder.buildApp()
      expect(await sharesIn(out('client'))).toBe(without !== 'client')
      expect(await sharesIn(out('admin'))).toBe(without !== 'admin')
      await rm(out(''), { recursive: true })
    }
  })

  test.each([false, true])(
    'what renders pages is no copy in the folder of the client (shared: %s)',
    async (shared) => {
      const messages: string[] = []
      const builder = await vite.createBuilder({
        ...config(),
        // Whose public files are of this build, whenever they were copied.
        plugins: [{ name: 'astro:build' }, wasmCos({ strict: true })],
        customLogger: { ...vite.createLogger('silent'), warn: (message) => messages.push(message) },
        environments: {
          prerender: {
            consumer: 'server',
            build: {
              outDir: out('client/.prerender'),
              rollupOptions: { input: join(root, 'main.js'), output: { entryFileNames: 'entry-[hash].mjs' } },
            },
          },
          client: { build: { outDir: out('client'), emptyOutDir: false } },
        },
        builder: {
          sharedConfigBuild: shared,
          sharedPlugins: shared,
          async buildApp({ build, environments }) {
            await build(environments.prerender!)
            await build(environments.client!)
          },
        },
      })
      await builder.buildApp()
      expect(await sharesIn(out('client/assets'))).toBe(true)
      expect(await sharesIn(out('client/.prerender'))).toBe(false)
      expect(messages).toEqual([])
      await rm(out(''), { recursive: true })
    },
  )

  test('an application and a library may be built at the same time by one plugin', async () => {
    const plugins = wasmCos()
    const lib: vite8.LibraryOptions = { entry: join(root, 'main.js'), formats: ['es'], fileName: 'library' }
    await Promise.all([
      vite.build({ ...config(), plugins, build: { ...config().build, outDir: out('application') } }),
      vite.build({ ...config(), plugins, build: { lib, outDir: out('library') } }),
    ])
    expect(await sharesIn(out('application'))).toBe(true)
    expect(await sharesIn(out('library'))).toBe(false)
  })
})

// Vite 8 ends a build before it begins the next one.
test('a watcher that begins the next build before the last one has ended stays alive', async () => {
  const outDir = join(root, 'watched')
  let onSecond: () => void
  const second = new Promise<void>((resolve) => (onSecond = resolve))
  let onEnd: (isShared: boolean) => void
  const end = new Promise<boolean>((resolve) => (onEnd = resolve))
  let builds = 0
  const slow: vite8.Plugin = {
    name: 'slow',
    // Vite has emptied the folder by then.
    generateBundle() {
      if (++builds === 2) onSecond()
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        if (builds > 1) return
        await writeFile(join(root, 'watched.js'), "WebAssembly.compileStreaming(fetch('/shared.wasm'))")
        await second
      },
    },
  }
  const last: vite8.Plugin = {
    name: 'last',
    closeBundle: { order: 'post', sequential: true, handler: () => (builds > 1 ? onEnd(true) : undefined) },
  }
  await writeFile(join(root, 'watched.js'), "WebAssembly.instantiateStreaming(fetch('/shared.wasm'))")
  const watcher = (await vite7.build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [slow as never, wasmCos() as never, last as never],
    build: { outDir, watch: {}, rollupOptions: { input: join(root, 'watched.js') } },
  })) as vite7.Rollup.RollupWatcher
  expect(await end).toBe(true)
  await watcher.close()
})
