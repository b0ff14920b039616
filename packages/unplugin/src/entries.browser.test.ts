import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type CosHost, startCosHost } from '@wasm-cos/cos-host'
import { launch, makeWasm, serve, visit, waitForEvents, withScript } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import wasmCos from './index.ts'

const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

/** On a busy machine a lookup takes longer than a page would wait. */
const patient = { lookupTimeout: 10_000 }

/** Builds `main.js` of a folder into `out` there; the entry may be called whatever the bundler likes. */
type Build = (folder: string) => Promise<unknown>

const builds: Record<string, Build> = {
  async vite(root) {
    const { build } = await import('vite')
    const rollupOptions = { input: join(root, 'main.js') }
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      base: './',
      plugins: [wasmCos.vite(patient)],
      build: { outDir: 'out', target: 'esnext', modulePreload: false, rollupOptions },
    })
  },
  async rollup(root) {
    const { rollup } = await import('rollup')
    const bundle = await rollup({
      input: join(root, 'main.js'),
      plugins: [wasmCos.rollup(patient)],
      onLog: () => {},
    })
    await bundle.write({ dir: join(root, 'out') })
    await bundle.close()
  },
  async rolldown(cwd) {
    const { build } = await import('rolldown')
    await build({
      cwd,
      input: './main.js',
      plugins: [wasmCos.rolldown(patient)],
      logLevel: 'silent',
      output: { dir: join(cwd, 'out') },
    })
  },
  async webpack(context) {
    const { default: webpack } = await import('webpack')
    await run(webpack(webpackLike(context, wasmCos.webpack(patient))))
  },
  async rspack(context) {
    const { rspack } = await import('@rspack/core')
    await run(rspack(webpackLike(context, wasmCos.rspack(patient)) as never))
  },
  async rsbuild(cwd) {
    const { createRsbuild } = await import('@rsbuild/core')
    const rsbuild = await createRsbuild({
      cwd,
      config: {
        mode: 'production',
        logLevel: 'silent',
        plugins: [wasmCos.rsbuild(patient)],
        source: { entry: { main: './main.js' } },
        output: { distPath: { root: 'out' }, assetPrefix: 'auto' },
      },
    })
    const { close } = await rsbuild.build()
    await close()
  },
  async esbuild(absWorkingDir) {
    const { build } = await import('esbuild')
    await build({
      absWorkingDir,
      entryPoints: ['main.js'],
      bundle: true,
      format: 'esm',
      outdir: 'out',
      logLevel: 'silent',
      plugins: [wasmCos.esbuild(patient)],
    })
  },
  async farm(root) {
    const { build } = await import('@farmfe/core')
    const config = {
      root,
      // Farm reads it, but does not declare it.
      configFile: false,
      compilation: {
        input: { main: './main.js' },
        output: { path: 'out', publicPath: '/', targetEnv: 'browser-esnext' },
        presetEnv: false,
        progress: false,
        persistentCache: false,
      },
      plugins: [wasmCos.farm(patient)].flat(),
    }
    await build(config as object)
  },
  async bun(cwd) {
    const script = `import wasmCos from ${JSON.stringify(join(root, 'dist/bun.js'))}
await Bun.build({ entrypoints: ['main.js'], outdir: 'out', plugins: [wasmCos(${JSON.stringify(patient)})] })`
    await writeFile(join(cwd, 'build.mjs'), script)
    const bun = join(require.resolve('bun/package.json'), '../bin/bun.exe')
    await promisify(execFile)(bun, ['build.mjs'], { cwd })
  },
}

function webpackLike<Plugin>(context: string, plugin: Plugin): object {
  return {
    context,
    mode: 'production',
    entry: { main: './main.js' },
    output: { path: join(context, 'out') },
    plugins: [plugin],
  }
}

function run(compiler: {
  run(done: (error: Error | null, stats?: { hasErrors(): boolean }) => void): void
  close(done: () => void): void
}): Promise<void> {
  return new Promise((resolve, reject) =>
    compiler.run((error, stats) =>
      compiler.close(() =>
        error || stats?.hasErrors() ? reject(error ?? new Error(String(stats))) : resolve(),
      ),
    ),
  )
}

let browser: Browser
let host: CosHost
let parent: string

beforeAll(async () => {
  await mkdir(join(root, '.cache'), { recursive: true })
  parent = await mkdtemp(join(root, '.cache/app-'))
  browser = await launch()
  host = await startCosHost()
})

afterAll(async () => {
  await browser.close()
  await host.close()
  await rm(parent, { recursive: true, force: true, maxRetries: 5 })
})

const main = `import init, { wasmHash } from './answer.wasm?cos'
init().then(({ exports }) => {
  document.querySelector('#result').textContent = exports.answer() + ' ' + wasmHash.value.length
  document.documentElement.dataset.state = 'done'
})`

test.each(Object.keys(builds))(
  '%s: an explicit import is downloaded by one origin and found by the other',
  { timeout: 120_000 },
  async (name) => {
    const folder = join(parent, name)
    await mkdir(folder)
    await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}')
    await writeFile(join(folder, 'main.js'), main)
    await writeFile(join(folder, 'answer.wasm'), makeWasm(42))
    await builds[name]!(folder)

    const out = join(folder, 'out')
    const entry = (await readdir(out, { recursive: true })).find((file) =>
      /(^|[\\/])main[^\\/]*\.js$/.test(file),
    )
    await writeFile(
      join(out, 'page.html'),
      `<!doctype html><html><head><meta charset="utf-8"><script type="module" src="${entry}"></script></head><body><pre id="result"></pre></body></html>`,
    )
    await host.clear()
    const html = withScript(host.scriptUrl)
    const [first, second] = await Promise.all([serve(out, { html }), serve(out, { html })])
    const context = await browser.newContext()
    try {
      const miss = await visit(context, `${first.url}page.html`)
      expect(miss.result).toBe('42 64')
      await waitForEvents(miss.page, 'store')
      const hit = await visit(context, `${second.url}page.html`)
      expect(hit.result).toBe('42 64')
      expect(hit.events.map(({ type }) => type)).toEqual(['hit'])
      expect([first, second].map((site) => site.requested(/\.wasm/).length)).toEqual([1, 0])
    } finally {
      await context.close()
      await Promise.all([first.close(), second.close()])
    }
  },
)
