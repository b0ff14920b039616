import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import commonjs from '@rollup/plugin-commonjs'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import url from '@rollup/plugin-url'
import { wasm } from '@rollup/plugin-wasm'
import wasmCos from '@wasm-cos/rollup-plugin'
import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets'
import { type OutputOptions, type Plugin, rollup as startRollup } from 'rollup'
import { minify } from 'terser'
import { classicWorkerOf, entriesOf, styleOf } from '../app-files.ts'
import { type Bundler, type BuildRequest, patiently } from '../bundler.ts'
import { buildEntries, emitPublicFiles, latePlugins } from './rollup-plugins.ts'

const maps = { linked: true, hidden: 'hidden', inline: 'inline' } as const

/** Rollup's own way to find files next to a classic script needs a document. */
const workerUrls: Plugin = {
  name: 'worker-urls',
  resolveFileUrl: ({ relativePath }) => `new URL('${relativePath}', self.location.href).href`,
}

/** What @rollup/plugin-terser does, on this thread: to start another one for each build takes longer than to minify. */
const minifier: Plugin = {
  name: 'minifier',
  async renderChunk(code, _, { format, sourcemap }) {
    const { code: minified, map } = await minify(code, {
      module: format === 'es',
      toplevel: format === 'cjs',
      sourceMap: sourcemap !== false,
    })
    return { code: minified!, map: typeof map === 'string' ? map : null }
  },
}

async function bundle(
  request: BuildRequest,
  input: Record<string, string>,
  output: OutputOptions,
  warnings: string[],
): Promise<void> {
  const { app, outDir, options, minify: isMinified = true, sourcemap, overrides } = request
  const { before, after } = latePlugins(request)
  const { plugins = [], ...outputOverrides } = (overrides ?? {}) as OutputOptions
  const startsWorker = 'worker' in input || classicWorkerOf(app) !== undefined
  const bundle = await startRollup({
    input,
    onLog(level, { message }) {
      if (level === 'warn') warnings.push(message)
    },
    plugins: [
      nodeResolve({ browser: true }),
      // canvaskit-wasm requires them where it finds itself in Node.
      commonjs({ ignore: ['fs', 'path'] }),
      // Both load wasm files.
      styleOf(app) === 'asset-url'
        ? url({ include: '**/*.wasm', limit: 0, publicPath: './' })
        : wasm({ targetEnv: 'browser', maxFileSize: 0, publicPath: './' }),
      // It would copy the worker instead of leaving its URL to the other entry.
      importMetaAssets({ exclude: startsWorker ? [entriesOf(app).main!] : [] }),
      emitPublicFiles(app),
      ...(output.format === 'iife' ? [workerUrls] : []),
      ...(isMinified ? [minifier] : []),
      ...before,
      ...(options === false ? [] : [wasmCos(patiently(options))]),
      ...after,
      plugins,
    ],
  })
  try {
    await bundle.write({
      dir: outDir,
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

export const rollup: Bundler = {
  name: 'Rollup 4',
  page: 'module',
  urlModule(specifier, folder) {
    if (styleOf(folder) === 'asset-url') return `export { default } from '${specifier}'\n`
    const path = relative(folder, createRequire(join(folder, 'main.js')).resolve(specifier))
    return `export default new URL('${path}', import.meta.url).href\n`
  },
  build: (request) => buildEntries(request, bundle),
}
