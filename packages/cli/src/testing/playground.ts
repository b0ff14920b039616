import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * The playground's builds, made without the plugin: their configurations are read, and wasm-cos taken out.
 */
const playground = fileURLToPath(new URL('../../../../playground', import.meta.url))

/* oxlint-disable typescript/no-explicit-any -- bundlers and configurations are loaded by their paths, untyped */

/** Imports what a playground folder imports under this name, or one of its own files. */
async function load(folder: string, name: string): Promise<any> {
  const root = join(playground, folder)
  if (name.startsWith('./')) return import(pathToFileURL(join(root, name)).href)
  const require = createRequire(join(root, 'package.json'))
  const manifest = require.resolve(`${name}/package.json`)
  const { exports, main } = require(manifest)
  const entry = exports?.['.']
  const target =
    typeof entry === 'string'
      ? entry
      : (entry?.import?.default ?? entry?.import ?? entry?.default ?? entry?.require ?? main)
  return import(pathToFileURL(join(dirname(manifest), target)).href)
}

const isOthers = (plugin: any): boolean =>
  plugin?.name !== 'wasm-cos' && plugin?.name !== 'delete' && !/WasmCos/.test(plugin?.constructor?.name ?? '')

async function buildWithVite(folder: string, outDir: string): Promise<void> {
  const { build } = await load(folder, 'vite')
  const root = join(playground, folder)
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, sourcemap: true },
  })
}

async function buildWithRollup(outDir: string): Promise<void> {
  const { rollup } = await load('rollup', 'rollup')
  const { default: config } = await load('rollup', './rollup.config.js')
  const bundle = await rollup({
    ...config,
    input: join(playground, 'rollup', config.input),
    plugins: config.plugins.filter(isOthers),
  })
  await bundle.write({ ...config.output, dir: outDir })
  await bundle.close()
}

async function buildWithRolldown(outDir: string): Promise<void> {
  const { build } = await load('rolldown', 'rolldown')
  const { default: config } = await load('rolldown', './rolldown.config.js')
  await build({
    ...config,
    cwd: join(playground, 'rolldown'),
    plugins: config.plugins.filter(isOthers),
    output: { ...config.output, dir: outDir },
  })
}

async function buildWithWebpack(
  folder: string,
  name: string,
  configName: string,
  outDir: string,
): Promise<void> {
  const { default: webpack } = await load(folder, name)
  const { default: config } = await load(folder, configName)
  const compiler = webpack({
    ...config,
    context: join(playground, folder),
    output: { ...config.output, path: outDir },
    plugins: config.plugins.filter(isOthers),
  })
  await new Promise<void>((resolve, reject) => {
    compiler.run((error: Error | null, stats: any) => {
      if (error ?? stats.hasErrors()) reject(error ?? new Error(stats.toString()))
      else compiler.close(() => resolve())
    })
  })
}

async function buildWithEsbuild(outDir: string): Promise<void> {
  const { build } = await load('esbuild', 'esbuild')
  await build({
    absWorkingDir: join(playground, 'esbuild'),
    entryPoints: ['src/main.js', 'src/index.html'],
    outdir: outDir,
    bundle: true,
    minify: true,
    sourcemap: true,
    format: 'esm',
    loader: { '.wasm': 'file', '.html': 'copy' },
    logLevel: 'warning',
  })
}

/** Builds the playground's application into a folder, by bundler. */
export const builders: Record<string, (outDir: string) => Promise<void>> = {
  'Vite 8': (outDir) => buildWithVite('vite', outDir),
  'Vite 7': (outDir) => buildWithVite('vite7', outDir),
  'Rollup 4': buildWithRollup,
  'Rolldown 1': buildWithRolldown,
  'webpack 5': (outDir) => buildWithWebpack('webpack', 'webpack', './webpack.config.js', outDir),
  'Rspack 2': (outDir) => buildWithWebpack('rspack', '@rspack/core', './rspack.config.js', outDir),
  esbuild: buildWithEsbuild,
}

/** Builds an entry with webpack or Rspack, without the plugin; every file has a hash in its name, chunks as they are told. */
export async function buildWithLazyChunk(
  bundler: 'webpack' | 'rspack',
  context: string,
  outDir: string,
  hash: string,
): Promise<void> {
  const { default: webpack } = await load(bundler, bundler === 'webpack' ? 'webpack' : '@rspack/core')
  const { default: HtmlWebpackPlugin } = await load('webpack', 'html-webpack-plugin')
  const compiler = webpack({
    mode: 'production',
    context,
    entry: './main.js',
    output: { path: outDir, filename: `[name].${hash}.js`, chunkFilename: `[name].${hash}.js` },
    plugins: [new HtmlWebpackPlugin({ templateContent: '<p id="result"></p>' })],
  })
  await new Promise<void>((resolve, reject) => {
    compiler.run((error: Error | null, stats: any) => {
      if (error ?? stats.hasErrors()) reject(error ?? new Error(stats.toString()))
      else compiler.close(() => resolve())
    })
  })
}
