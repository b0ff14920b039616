import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plugin as EsbuildPlugin } from 'esbuild'
import { rollup } from 'rollup'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build as viteBuild, createLogger, type Plugin } from 'vite'
import wasmCos from './index.ts'

let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-other-'))
  await writeFile(join(root, 'index.html'), '<script type="module">console.log(1)</script>')
  await writeFile(join(root, 'main.js'), 'console.log(1)')
})

afterAll(() => rm(root, { recursive: true, force: true }))

const vite = (plugin: unknown, customLogger = createLogger('silent')) =>
  viteBuild({
    root,
    configFile: false,
    customLogger,
    // What a build is doing goes past the logger.
    logLevel: 'warn',
    plugins: [plugin as Plugin],
    build: { write: false },
  })

const rollUp = (plugin: unknown) =>
  rollup({ input: join(root, 'main.js'), plugins: [plugin as Plugin] as never })

test.each([
  ["webpack's in Vite", () => vite(wasmCos.webpack()), /for webpack 5 and Rspack.*@wasm-cos\/vite-plugin/],
  [
    "webpack's in Rollup",
    () => rollUp(wasmCos.webpack()),
    /for webpack 5 and Rspack.*@wasm-cos\/rollup-plugin/,
  ],
  [
    "Vite's in Rollup",
    () => rollUp(wasmCos.vite()),
    /does not run in this bundler.*@wasm-cos\/rollup-plugin/,
  ],
])('%s: the error says which plugin to use', async (_, build, message) => {
  await expect(build()).rejects.toThrow(message)
})

test("esbuild's in Bun: the error says which plugin to use", () => {
  // What Bun hands to a plugin: https://bun.com/docs/bundler/plugins
  const builder = { config: { outdir: 'out' }, onResolve() {}, onLoad() {}, onStart() {}, onEnd() {} }
  const setUp = () => wasmCos.esbuild().setup(builder as unknown as Parameters<EsbuildPlugin['setup']>[0])
  expect(setUp).toThrow(/does not run in this bundler.*unplugin-wasm-cos\/bun/)
})

test("Rollup's in Vite: it works, and a warning says which plugin does more", async () => {
  const warnings: string[] = []
  const logger = createLogger('silent')
  logger.warn = (text) => void warnings.push(text)
  await vite(wasmCos.rollup(), logger)
  expect(warnings).toEqual([expect.stringContaining('Use @wasm-cos/vite-plugin with Vite')])
})
