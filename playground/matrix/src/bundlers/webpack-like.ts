import type { Compiler, Configuration, WebpackPluginInstance } from 'webpack'
import { publicFolderOf } from '../app-files.ts'
import { type Bundler, type BuildRequest, patiently } from '../bundler.ts'

/** What webpack and Rspack do not have in common, with webpack's types for both. */
export interface WebpackLike {
  createCompiler: (configuration: Configuration) => Compiler
  /** wasm-cos. */
  plugin: (options: BuildRequest['options'] & object) => WebpackPluginInstance
  /** Copies a folder into the output. */
  copy: (from: string) => WebpackPluginInstance
}

const maps = { linked: 'source-map', hidden: 'hidden-source-map', inline: 'inline-source-map' } as const

/** A column of the matrix for a bundler with webpack's interface. Its entry is a classic script. */
export function createWebpackLike(name: string, bundler: WebpackLike): Bundler {
  return {
    name,
    page: 'classic',
    urlModule: (specifier) =>
      specifier.startsWith('.')
        ? `export { default } from '${specifier}?url'\n`
        : `export default new URL('${specifier}', import.meta.url).href\n`,
    build: (request) => run(bundler.createCompiler(configure(request, bundler))),
  }
}

function configure(request: BuildRequest, bundler: WebpackLike): Configuration {
  const { app, outDir, options, minify = true, sourcemap, overrides } = request
  const publicFolder = publicFolderOf(app)
  const { output, plugins = [], ...rest } = (overrides ?? {}) as Configuration
  return {
    context: app,
    mode: 'production',
    entry: { main: './main.js' },
    output: {
      path: outDir,
      clean: true,
      filename: '[name]-[contenthash:8].js',
      chunkFilename: 'assets/[name]-[contenthash:8].js',
      assetModuleFilename: 'assets/[name]-[contenthash:8][ext]',
      ...output,
    },
    devtool: sourcemap === undefined ? false : maps[sourcemap],
    experiments: { asyncWebAssembly: true },
    module: { rules: [{ resourceQuery: /url/, type: 'asset/resource' }] },
    resolve: { fallback: { crypto: false, fs: false, path: false } },
    optimization: { minimize: minify, chunkIds: 'named' },
    performance: { hints: false },
    infrastructureLogging: { level: 'error' },
    plugins: [
      ...changesOf(request),
      ...(publicFolder === undefined ? [] : [bundler.copy(publicFolder)]),
      ...plugins,
      ...(options === false ? [] : [bundler.plugin(patiently(options))]),
    ],
    ...rest,
  }
}

/** Plugins that change what is emitted before ours, and what is written after it. */
function changesOf({ optimize, afterWrite, outDir }: BuildRequest): WebpackPluginInstance[] {
  const optimizer: WebpackPluginInstance = {
    apply: ({ hooks, webpack }: Compiler) =>
      hooks.thisCompilation.tap('optimizer', (compilation) =>
        compilation.hooks.processAssets.tap('optimizer', () => {
          for (const { name, source } of compilation.getAssets()) {
            if (!name.endsWith('.wasm')) continue
            const bytes = Buffer.from(optimize!(source.buffer()))
            compilation.updateAsset(name, new webpack.sources.RawSource(bytes))
          }
        }),
      ),
  }
  const laterStep: WebpackPluginInstance = {
    apply: ({ hooks }: Compiler) => hooks.done.tapPromise('later-step', () => afterWrite!(outDir)),
  }
  return [...(optimize ? [optimizer] : []), ...(afterWrite ? [laterStep] : [])]
}

async function run(compiler: Compiler): Promise<{ warnings: string[] }> {
  try {
    return await new Promise((resolve, reject) => {
      compiler.run((error, stats) => {
        if (error || !stats) return reject(error ?? new Error('The compiler has no statistics.'))
        const { errors = [], warnings = [] } = stats.toJson({ all: false, errors: true, warnings: true })
        if (errors.length > 0) return reject(new Error(errors.map(({ message }) => message).join('\n')))
        resolve({ warnings: warnings.map(({ message }) => message) })
      })
    })
  } finally {
    await new Promise<void>((resolve) => compiler.close(() => resolve()))
  }
}
