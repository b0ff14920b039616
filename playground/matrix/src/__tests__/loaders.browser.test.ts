import { readFile, mkdir, writeFile, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import {
  launch,
  type LinkedByEmscripten,
  linkedByEmscripten,
  linkedByNewerEmscripten,
  readEvents,
  serve,
  sha256,
  storageRequests,
  visit,
  waitForEvents,
  withScript,
} from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareApp, writePage } from '../app.ts'
import type { Bundler } from '../bundler.ts'
import { esbuild } from '../bundlers/esbuild.ts'
import { rollup } from '../bundlers/rollup.ts'
import { vite8 } from '../bundlers/vite.ts'
import { webpack } from '../bundlers/webpack.ts'

// Loaders that ask Cross-Origin Storage themselves, by the name that its method had when they were written.

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

interface Loader {
  /** Its file in `styles/loaders`. */
  name: string
  bundler: Bundler
  /** What the page shows. */
  result: string
  /** What is downloaded once for both origins. */
  file: RegExp
  /** What it asks for when it misses, and when it hits. */
  asks?: [miss: string[], hit: string[]]
  /** What the stub reports: nothing where the loader is alone. */
  events?: string[]
  overrides?: (app: string) => Record<string, unknown>
  /** Adds to the application before it is built. */
  prepare?: (app: string) => Promise<unknown>
  /** Adds to the output. */
  place?: (outDir: string) => Promise<unknown>
}

const once: Loader['asks'] = [
  ['lookup', 'write'],
  ['lookup', 'read'],
]

const emscripten = (bundler: Bundler, linked: LinkedByEmscripten): Loader => ({
  name: 'emscripten',
  bundler,
  result: '42',
  file: /\.wasm$/,
  asks: once,
  prepare: async (app) => {
    await writeFile(join(app, 'glue.mjs'), linked.glue)
    await writeFile(join(app, linked.fileName), linked.wasm)
  },
})

/** A file of a model as Hugging Face serves it, with the pointer that says its hash. */
const modelWith = (fileName: string, content: string) => async (outDir: string) => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(content)}\nsize ${content.length}\n`
  for (const [kind, text] of [
    ['resolve', content],
    ['raw', pointer],
  ] as const) {
    await mkdir(join(outDir, 'org/model', kind, 'main'), { recursive: true })
    await writeFile(join(outDir, 'org/model', kind, 'main', fileName), text)
  }
}

const loaders: [string, Loader][] = [
  ['Emscripten 6.0.5, Vite', emscripten(vite8, linkedByEmscripten())],
  ['Emscripten 6.0.5 with -O3, webpack', emscripten(webpack, linkedByEmscripten('optimised'))],
  ['Emscripten since emscripten#27609, esbuild', emscripten(esbuild, linkedByNewerEmscripten())],
  [
    'Flutter, Rollup',
    {
      name: 'flutter',
      bundler: rollup,
      result: '42',
      file: /\.wasm$/,
      // It stores for its own site alone; the stub stores for those whom the options name.
      asks: [
        ['lookup', 'lookup', 'write', 'write'],
        ['lookup', 'read'],
      ],
      events: ['miss', 'store'],
      prepare: async (app) => {
        const wasm = await readFile(join(app, 'answer.wasm'))
        const loader = join(app, 'loader.js')
        const code = await readFile(loader, 'utf8')
        await writeFile(loader, code.replace('HASH_OF_THE_FILE', sha256(wasm)))
      },
    },
  ],
  [
    '@wllama/wllama, webpack',
    {
      name: 'wllama',
      bundler: webpack,
      result: 'weights',
      file: /resolve.*\.gguf$/,
      place: modelWith('model.gguf', 'weights'),
    },
  ],
  [
    '@huggingface/transformers, esbuild',
    {
      name: 'transformers',
      bundler: esbuild,
      result: 'bert',
      file: /resolve.*config\.json$/,
      place: modelWith('config.json', '{"model_type":"bert"}'),
      overrides: (app) => ({
        alias: Object.fromEntries(
          ['onnxruntime-web/webgpu', 'onnxruntime-common'].map((name) => [name, join(app, 'onnxruntime.js')]),
        ),
      }),
    },
  ],
]

test.each(loaders)('%s: served by each name of the method', async (label, loader) => {
  const { bundler, prepare, place, overrides } = loader
  const app = await prepareApp('loaders', bundler, label.replaceAll(/\W+/g, '-'))
  await cp(join(app, `${loader.name}.js`), join(app, 'loader.js'))
  await prepare?.(app)
  const outDir = join(app, 'dist')
  await bundler.build({
    app,
    outDir,
    options: { origins: '*' },
    ...(overrides && { overrides: overrides(app) }),
  })
  await writePage(outDir, bundler.page)
  await place?.(outDir)

  for (const method of ['getFileHandle', 'requestFileHandle', 'requestFileHandles'] as const) {
    const host = await startCosHost({ methods: [method] })
    const html = withScript(host.scriptUrl)
    // Some store for the same site only: both are of one.
    const [first, second] = await Promise.all([serve(outDir, { html }), serve(outDir, { html })])
    const context = await browser.newContext()
    const asked = storageRequests(context, host.url)
    const [miss, hit] = loader.asks ?? []
    const stores = miss?.filter((what) => what === 'write').length ?? 1
    let written = 0
    const stored = context.waitForEvent('requestfinished', (request) => {
      if (request.url().includes('/write/')) written++
      return written === stores
    })
    const missed = await visit(context, first.url)
    expect(missed.result).toBe(loader.result)
    await stored
    if (loader.events) await waitForEvents(missed.page, 'store')
    expect(first.requested(loader.file)).toHaveLength(1)
    if (miss) expect(asked.splice(0)).toEqual(miss)

    const found = await visit(context, second.url)
    expect(found.result).toBe(loader.result)
    expect(second.requests.filter(({ method, path }) => method === 'GET' && loader.file.test(path))).toEqual(
      [],
    )
    if (hit) expect(asked).toEqual(hit)
    const events = [...(await readEvents(missed.page)), ...found.events]
    expect(events.map(({ type }) => type)).toEqual(loader.events ?? [])
    await context.close()
    await Promise.all([host, first, second].map((server) => server.close()))
  }
})
