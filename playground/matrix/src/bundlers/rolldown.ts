import { wasm } from '@rollup/plugin-wasm'
import wasmCos from '@wasm-cos/rollup-plugin'
import { type OutputOptions, rolldown as startRolldown } from 'rolldown'
import type { Bundler, BuildRequest } from '../bundler.ts'
import { latePlugins } from './late-plugins.ts'
import { inputsOf } from './rollup.ts'

const maps = { linked: true, hidden: 'hidden', inline: 'inline' } as const

async function build(request: BuildRequest): Promise<{ warnings: string[] }> {
  const { app, outDir, options, minify = true, sourcemap, overrides } = request
  const warnings: string[] = []
  const usesWasmPlugin = app.includes('plugin-wasm')
  const { before, after } = latePlugins(request)
  const bundle = await startRolldown({
    input: inputsOf(app),
    platform: 'browser',
    moduleTypes: usesWasmPlugin ? {} : { '.wasm': 'asset' },
    experimental: { resolveNewUrlToAsset: true },
    onLog(level, { message }) {
      if (level === 'warn') warnings.push(message)
    },
    plugins: [
      ...(usesWasmPlugin ? [wasm({ targetEnv: 'browser', maxFileSize: 0, publicPath: './' })] : []),
      ...before,
      ...(options === false ? [] : [wasmCos(options)]),
      ...after,
    ],
  })
  try {
    await bundle.write({
      dir: outDir,
      cleanDir: true,
      format: 'es',
      minify,
      entryFileNames: ({ name }) => (name === 'worker' ? '[name].js' : '[name]-[hash].js'),
      chunkFileNames: 'assets/[name]-[hash].js',
      sourcemap: sourcemap === undefined ? false : maps[sourcemap],
      ...(overrides as OutputOptions),
    })
  } finally {
    await bundle.close()
  }
  return { warnings }
}

export const rolldown: Bundler = {
  name: 'Rolldown 1',
  urlModule: (specifier) => `export { default } from '${specifier}'\n`,
  build,
}
