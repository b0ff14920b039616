import { esbuildLeastWork, rollupLeastWork, webpackLeastWork } from './least-work.mjs'

/**
 * Without the plugin, with it, with one that only hashes wasm, or that only hashes it and parses what loads it.
 *
 * @typedef {'without' | 'with' | 'hash' | 'hashAndParse'} Variant
 */

/**
 * Builds an application in a folder into its `dist`, for production, with minifier where the bundler has one.
 *
 * @typedef {object} Bundler
 * @property {string} query What it wants after `.wasm` for its URL.
 * @property {(folder: string, variant: Variant) => Promise<unknown>} build Loads the bundler, and the plugin if wanted.
 */

/** What libraries ask for in Node only. */
const nodeModules = ['fs', 'path', 'crypto', 'module', 'worker_threads', 'url', 'util']

/**
 * The plugins of a build.
 *
 * @param {Variant} variant Which build.
 * @param {string} name Of our plugin's package.
 * @param {(parses: boolean) => object} leastWork Makes the plugin that only hashes, or also parses.
 * @returns {Promise<any[]>} One, or none.
 */
async function plugins(variant, name, leastWork) {
  if (variant === 'without') return []
  if (variant === 'with') return [(await import(name)).default()]
  return [leastWork(variant === 'hashAndParse')]
}

/** @type {(vite: 'vite' | 'vite7') => Bundler} */
const vite = (name) => ({
  query: '?url',
  async build(folder, variant) {
    const { build } = /** @type {typeof import('vite')} */ (await import(name))
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      plugins: await plugins(variant, '@wasm-cos/vite-plugin', rollupLeastWork),
    })
  },
})

/** @type {(name: 'webpack' | '@rspack/core') => Bundler} */
const webpackLike = (name) => ({
  query: '',
  async build(folder, variant) {
    const { default: webpack } = /** @type {{ default: typeof import('webpack') }} */ (await import(name))
    const compiler = webpack({
      mode: 'production',
      context: folder,
      entry: './src/main.js',
      output: { path: `${folder}/dist`, filename: '[name].[contenthash].js', clean: true },
      module: {
        rules: [{ test: /\.wasm$/, type: 'asset/resource' }],
      },
      resolve: { fallback: Object.fromEntries(nodeModules.map((name) => [name, false])) },
      performance: { hints: false },
      plugins: await plugins(
        variant,
        name === 'webpack' ? '@wasm-cos/webpack-plugin' : '@wasm-cos/rspack-plugin',
        webpackLeastWork,
      ),
    })
    await new Promise((resolve, reject) => {
      compiler.run((error, stats) => {
        const message = error?.message ?? (stats?.hasErrors() ? stats.toString('errors-only') : undefined)
        if (message !== undefined) reject(new Error(message))
        else compiler.close(resolve)
      })
    })
  },
})

/** @type {Record<string, Bundler>} */
export const bundlers = {
  'vite 8': vite('vite'),
  'vite 7': vite('vite7'),
  rollup: {
    query: '',
    async build(folder, variant) {
      const { rollup } = await import('rollup')
      const { default: commonjs } = /** @type {{ default: any }} */ (await import('@rollup/plugin-commonjs'))
      const { nodeResolve } = await import('@rollup/plugin-node-resolve')
      const { emitWasm } = await import('./emit-wasm.mjs')
      const build = await rollup({
        input: `${folder}/src/main.js`,
        external: nodeModules,
        onLog() {},
        plugins: [
          nodeResolve({ browser: true }),
          commonjs(),
          emitWasm(),
          ...(await plugins(variant, '@wasm-cos/rollup-plugin', rollupLeastWork)),
        ],
      })
      await build.write({ dir: `${folder}/dist`, format: 'es', entryFileNames: '[name]-[hash].js' })
      await build.close()
    },
  },
  rolldown: {
    query: '',
    async build(folder, variant) {
      const { rolldown } = await import('rolldown')
      const build = await rolldown({
        input: `${folder}/src/main.js`,
        platform: 'browser',
        external: nodeModules,
        logLevel: 'silent',
        moduleTypes: { '.wasm': 'asset' },
        plugins: await plugins(variant, '@wasm-cos/rollup-plugin', rollupLeastWork),
      })
      await build.write({
        dir: `${folder}/dist`,
        format: 'es',
        entryFileNames: '[name]-[hash].js',
        minify: true,
      })
      await build.close()
    },
  },
  webpack: webpackLike('webpack'),
  rspack: webpackLike('@rspack/core'),
  esbuild: {
    query: '',
    async build(folder, variant) {
      const { build } = await import('esbuild')
      await build({
        entryPoints: [`${folder}/src/main.js`],
        outdir: `${folder}/dist`,
        entryNames: '[name]-[hash]',
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        external: nodeModules,
        loader: { '.wasm': 'file' },
        logLevel: 'error',
        plugins: await plugins(variant, '@wasm-cos/esbuild-plugin', esbuildLeastWork),
      })
    },
  },
}
