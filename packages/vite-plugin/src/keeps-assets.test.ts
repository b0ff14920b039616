import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as vite8 from 'vite'
import * as vite6Oldest from 'vite6-oldest'
import * as vite7 from 'vite7'
import * as vite7Oldest from 'vite7-oldest'
import * as vite8Oldest from 'vite8-oldest'
import wasmCos from './index.ts'
import { keepsAssets } from './keeps-assets.ts'

let root: string
beforeAll(async () => {
  // Sources that were changed just now would be read as a whole.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
  root = await mkdtemp(join(import.meta.dirname, '../.cache-keeps-assets-'))
  await mkdir(join(root, 'public'))
  await writeFile(join(root, 'emitted.wasm'), wasmOf(1))
  await writeFile(join(root, 'public/copied.wasm'), wasmOf(2))
  await writeFile(
    join(root, 'main.js'),
    "import url from './emitted.wasm?url'\nfor (const one of [url, '/copied.wasm']) WebAssembly.compileStreaming(fetch(one))\n",
  )
})
afterAll(async () => {
  vi.useRealTimers()
  await rm(root, { recursive: true, force: true })
})

/** A module with 3 MB in a section of its own. */
function wasmOf(byte: number): Buffer {
  const length = [0x80, 0x80, 0xc0, 0x01]
  return Buffer.concat([
    Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 0, ...length]),
    Buffer.alloc(3 * 2 ** 20, byte),
  ])
}

/** Changes a file of the output where places of it are not compared. */
function damage(folder = 'assets'): void {
  const name = readdirSync(join(root, 'dist', folder)).find((name) => name.endsWith('.wasm'))!
  const file = openSync(join(root, 'dist', folder, name), 'r+')
  writeSync(file, Buffer.from('damaged'), 0, 7, 500_000)
  closeSync(file)
}

const damaging = { name: 'damaging', writeBundle: () => damage() }

/** Plugins that change a file once it is written, however they come into the build. */
const changing: Record<string, vite8.PluginOption> = {
  'a plugin': damaging,
  'a plugin without the hook before': { ...damaging, generateBundle: false as never },
  'a plugin called like one of Vite': { ...damaging, name: 'vite:manifest' },
  'a plugin at the end': { name: 'damaging', closeBundle: () => damage() },
  "a hook that was put into a plugin of Vite's": {
    name: 'patching',
    configResolved({ plugins }) {
      Object.assign(
        plugins.find(({ name }) => name === 'vite:asset')!,
        { writeBundle: () => damage() },
      )
    },
  },
  'a plugin that another one adds': {
    name: 'adding',
    options: (options) => ({ ...options, plugins: [options.plugins, damaging] }),
  },
  'a plugin of an environment': {
    name: 'adding',
    applyToEnvironment: () => [damaging],
  },
  'a plugin that changes what was copied before': { name: 'damaging', renderChunk: () => void damage('.') },
}

describe.each([
  ['Vite 8', vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
  ['Vite 8.0', vite8Oldest as unknown as typeof vite8],
  ['Vite 7.0', vite7Oldest as unknown as typeof vite8],
  ['Vite 6.0', vite6Oldest as unknown as typeof vite8],
])('%s', (_, vite) => {
  const build = (plugin: vite8.PluginOption, output: object = {}) =>
    vite.build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [wasmCos(), plugin],
      build: { manifest: true, ssrManifest: true, rollupOptions: { input: join(root, 'main.js'), output } },
    })

  test('the bundler tells all plugins; alone, those of Vite keep assets', async () => {
    const seen: boolean[] = []
    await build({
      name: 'asking',
      renderStart: (output, input) => void seen.push(keepsAssets([...input.plugins, ...output.plugins])),
    })
    expect(seen).toEqual([true])
  })

  test.each(Object.entries(changing))('%s cannot change a file unnoticed', async (_, plugin) => {
    for (const time of ['first', 'second'])
      await expect(build(plugin), time).rejects.toThrow(/\.wasm was changed after its hash was embedded/)
  })

  test('nor can one of the output', async () => {
    await expect(build([], { plugins: [damaging] })).rejects.toThrow(/\.wasm was changed after/)
  })
})

test('Vite 8: nor can one that another adds to the output', async () => {
  const adding: vite8.Plugin = {
    name: 'adding',
    outputOptions: (output) => ({ ...output, plugins: [output.plugins, damaging] }),
  }
  await expect(
    vite8.build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [wasmCos(), adding],
      build: { rollupOptions: { input: join(root, 'main.js') } },
    }),
  ).rejects.toThrow(/\.wasm was changed after/)
})
