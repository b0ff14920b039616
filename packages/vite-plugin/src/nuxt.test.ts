import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { build, type PluginOption } from 'vite'
import wasmCosNuxt from './nuxt.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-nuxt-'))
  for (const name of ['public/a.wasm', 'layer/public/b.wasm', '.nuxt/dist/client/_nuxt/built.wasm']) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), `\0asm\x01\0\0\0\0\x02\x01${name[0]}`)
  }
  await writeFile(
    join(root, 'main.js'),
    'for (const url of ["/a.wasm", "/layer/b.wasm"]) WebAssembly.compileStreaming(fetch(url))',
  )
})

afterEach(() => rm(root, { recursive: true, force: true }))

test('wasm in the public folders takes part, glue there is edited, and no page is told to load wasm ahead', async () => {
  const hooks = new Map<string, (argument: never) => unknown>()
  const options = { buildDir: join(root, '.nuxt'), vite: { plugins: ['another'] as unknown[] } }
  wasmCosNuxt({ manifest: true }, { options, hook: (name, callback) => hooks.set(name, callback) })

  const publicAssets = [
    { dir: join(root, '.nuxt/dist/client/_nuxt'), baseURL: '/_nuxt' },
    { dir: join(root, 'public'), baseURL: '/' },
    { dir: join(root, 'layer/public'), baseURL: '/layer' },
    { dir: join(root, 'nowhere') },
  ]
  hooks.get('nitro:init')!({ options: { publicAssets } } as never)
  const [another, ...plugins] = options.vite.plugins
  expect(another).toBe('another')
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: plugins as PluginOption[],
    build: {
      copyPublicDir: false,
      outDir: '.nuxt/dist/client',
      rollupOptions: { input: join(root, 'main.js') },
    },
  })
  const written = JSON.parse(await readFile(join(root, '.nuxt/dist/client/wasm-cos.manifest.json'), 'utf8'))
  expect(written.files.map(({ file }: { file: string }) => file)).toEqual(['a.wasm', 'layer/b.wasm'])

  // Nuxt copies what Vite wrote, and its public folders.
  const publicDir = join(root, '.output/public')
  await cp(join(root, '.nuxt/dist/client/assets'), join(publicDir, 'assets'), { recursive: true })
  await cp(join(root, 'public'), publicDir, { recursive: true })
  await cp(join(root, 'layer/public'), join(publicDir, 'layer'), { recursive: true })
  const glue =
    'const { src } = document.currentScript; WebAssembly.compileStreaming(fetch(new URL("b.wasm", src)))'
  await writeFile(join(publicDir, 'layer/glue.js'), glue)
  const bundled = await readFile(join(publicDir, 'assets', (await readdir(join(publicDir, 'assets')))[0]!))
  await hooks.get('nitro:build:public-assets')!({ options: { output: { publicDir } } } as never)
  const copied = JSON.parse(await readFile(join(publicDir, 'wasm-cos.manifest.json'), 'utf8'))
  expect(copied.files).toMatchObject([
    { file: 'a.wasm' },
    { file: 'layer/b.wasm', chunks: [expect.stringMatching(/^assets\/main-/), 'layer/glue.js'] },
  ])
  expect(await readFile(join(publicDir, 'layer/glue.js'), 'utf8')).toMatch(/cosFetch_[^]*\["layer\/b\.wasm"/)
  expect(await readFile(join(publicDir, 'assets', (await readdir(join(publicDir, 'assets')))[0]!))).toEqual(
    bundled,
  )

  const manifest = {
    'a.wasm': { file: 'a.wasm', prefetch: true },
    'main.js': { file: 'main.js', prefetch: true, preload: true },
  }
  hooks.get('build:manifest')!(manifest as never)
  expect(manifest).toEqual({
    'a.wasm': { file: 'a.wasm', prefetch: false, preload: false },
    'main.js': { file: 'main.js', prefetch: true, preload: true },
  })
})
