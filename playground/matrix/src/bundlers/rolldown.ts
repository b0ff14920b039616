import { wasm } from '@rollup/plugin-wasm'
import wasmCos from '@wasm-cos/rollup-plugin'
import { type OutputOptions, rolldown as startRolldown } from 'rolldown'
import { styleOf } from '../app-files.ts'
import { type Bundler, type BuildRequest, patiently } from '../bundler.ts'
import { buildEntries, emitPublicFiles, latePlugins } from './rollup-plugins.ts'

const maps = { linked: true, hidden: 'hidden', inline: 'inline' } as const

async function bundle(
  request: BuildRequest,
  input: Record<string, string>,
  output: OutputOptions,
  warnings: string[],
): Promise<void> {
  const { app, outDir, options, minify = true, sourcemap, overrides } = request
  const usesWasmPlugin = styleOf(app) === 'plugin-wasm'
  const { before, after } = latePlugins(request)
  const { plugins = [], ...outputOverrides } = (overrides ?? {}) as OutputOptions
  const bundle = await startRolldown({
    input,
    platform: 'browser',
    // It would copy the worker as it is.
    external: ['./classic-worker.js'],
    moduleTypes: usesWasmPlugin ? {} : { '.wasm': 'asset' },
    experimental: { resolveNewUrlToAsset: true },
    onLog(level, { message }) {
      if (level === 'warn') warnings.push(message)
    },
    plugins: [
      ...(usesWasmPlugin ? [wasm({ targetEnv: 'browser', maxFileSize: 0, publicPath: './' })] : []),
      emitPublicFiles(app),
      ...before,
      ...(options === false ? [] : [wasmCos(patiently(options))]),
      ...after,
      plugins,
    ],
  })
  try {
    await bundle.write({
      dir: outDir,
      minify,
      entryFileNames: ({ name }) => (name === 'main' ? '[name]-[hash].js' : '[name].js'),
      chunkFileNames: 'assets/[name]-[hash].js',
      sourcemap: sourcemap === undefined ? false : maps[sourcemap],
      ...output,
      ...outputOverrides,
    })
  } finally {
    await bundle.close()
  }
}

export const rolldown: Bundler = {
  name: 'Rolldown 1',
  page: 'module',
  urlModule: (specifier) => `export { default } from '${specifier}'\n`,
  build: (request) => buildEntries(request, bundle),
}
