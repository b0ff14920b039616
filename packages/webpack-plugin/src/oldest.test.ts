import { rspack as rspack1 } from 'rspack1-oldest'
import { rspack as rspack2 } from 'rspack2-oldest'
import { expect, test } from 'vitest'
import webpack from 'webpack-oldest'
import { build, embeddedIn, wasmIn } from './testing/build.ts'
import { type Bundler, bundlers } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

/** The first versions that the peer dependencies allow. */
test.each([
  ['webpack 5.76', webpack],
  ['Rspack 1.0', rspack1],
  ['Rspack 2.0', rspack2],
])('%s', { timeout: 60_000 }, async (_, createCompiler) => {
  const bundler = { ...bundlers[0]!, createCompiler: createCompiler as unknown as Bundler['createCompiler'] }
  const project = await createProject({
    'main.js': `import { answer } from './imported.wasm'
WebAssembly.instantiateStreaming(fetch(new URL('./fetched.wasm', import.meta.url))).then(console.log, answer)`,
    'imported.wasm': wasmModule(41),
    'fetched.wasm': wasmModule(42),
  })
  const configuration = {
    experiments: { asyncWebAssembly: true },
    output: { filename: '[name].[contenthash].js' },
  }
  const built = await build(bundler, project, { configuration })
  expect([built.errors, built.warnings]).toEqual([[], []])
  expect(Object.keys(wasmIn(built))).toHaveLength(2)
  expect(Object.values(embeddedIn(built))).toEqual([wasmIn(built)])
  const server = await build(bundler, project, { configuration: { ...configuration, target: 'node' } })
  expect(embeddedIn(server)).toEqual({})
})
