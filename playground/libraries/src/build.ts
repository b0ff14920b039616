import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import wasmCosForVite from '@wasm-cos/vite-plugin'
import wasmCosForWebpack from '@wasm-cos/webpack-plugin'
import { minifiedHere } from '@wasm-cos/harness/webpack'
import CopyPlugin from 'copy-webpack-plugin'
import * as vite from 'vite'
import webpack from 'webpack'
import { type BundlerName, type Library, slug } from './library.ts'

const root = join(import.meta.dirname, '..')

/** What a busy machine takes longer for is not tested here. */
const options = { lookupTimeout: 60_000 }

/** The program's side of a page. */
const page = `<!doctype html>
<html>
  <head>
    <meta charset="utf-8">
    <script>
      const finish = (state, text) => {
        document.querySelector('#result').textContent ||= text
        document.documentElement.dataset.state ??= state
      }
      const show = (value) => finish('done', String(value))
      addEventListener('error', ({ message }) => finish('failed', message))
      addEventListener('unhandledrejection', ({ reason }) => finish('failed', String(reason?.stack ?? reason)))
    </script>
  </head>
  <body><pre id="result"></pre>SCRIPT</body>
</html>
`

/** A finished build. */
export interface Build {
  outDir: string
  /** What wasm-cos warned of. */
  warnings: string[]
}

/**
 * Builds a library's program, with wasm-cos unless said otherwise.
 *
 * @throws {Error} What the bundler fails with.
 */
export async function build(library: Library, bundler: BundlerName, isPlain = false): Promise<Build> {
  // Below node_modules of the twelve and of those that are installed on demand.
  const app = join(root, '.cache/apps', `${slug(library)}-${bundler}`)
  await rm(app, { recursive: true, force: true })
  await mkdir(join(app, 'public'), { recursive: true })
  const program = join(root, 'programs', slug(library))
  // Where a library's documentation has another way for this bundler.
  const own = `${program}.${bundler}.js`
  await cp(existsSync(own) ? own : `${program}.js`, join(app, 'main.js'))
  for (const [to, from] of Object.entries(library.copies ?? {})) await copy(from, join(app, 'public', to))
  const outDir = join(app, 'dist')
  const warnings = await { vite: buildWithVite, webpack: buildWithWebpack }[bundler](app, outDir, isPlain)
  return {
    outDir,
    warnings: warnings.filter(
      (text) => !text.includes('PLUGIN_TIMINGS') && /wasm-cos|Cross-Origin Storage/.test(text),
    ),
  }
}

/** Copies from an installed package: one file, or the files of a folder. */
async function copy(from: string, to: string): Promise<void> {
  for (const modules of ['.cache/node_modules', 'node_modules']) {
    const path = join(root, modules, from)
    if (!(await stat(path).catch(() => undefined))) continue
    await mkdir(dirname(to), { recursive: true })
    await cp(path, to, { recursive: true, dereference: true })
    return
  }
  throw new Error(`${from} is not installed: run "pnpm libraries".`)
}

async function buildWithVite(app: string, outDir: string, isPlain: boolean): Promise<string[]> {
  await writeFile(
    join(app, 'index.html'),
    page.replace('SCRIPT', '<script type="module" src="/main.js"></script>'),
  )
  const warnings: string[] = []
  const logger = vite.createLogger('silent')
  logger.warn = (message) => void warnings.push(message)
  logger.warnOnce = logger.warn
  await vite.build({
    root: app,
    configFile: false,
    customLogger: logger,
    // What a build is doing goes past the logger.
    logLevel: 'warn',
    base: './',
    worker: { format: 'es' },
    plugins: isPlain ? [] : [wasmCosForVite(options)],
    build: { outDir, target: 'esnext', reportCompressedSize: false },
  })
  return warnings
}

async function buildWithWebpack(app: string, outDir: string, isPlain: boolean): Promise<string[]> {
  const main = join(app, 'main.js')
  await writeFile(main, inWordsOfWebpack(await readFile(main, 'utf8')))
  const compiler = webpack(
    minifiedHere({
      context: app,
      mode: 'production',
      entry: './main.js',
      output: { path: outDir },
      // What Node's modules are for browsers is for the user to say.
      resolve: {
        fallback: Object.fromEntries(nodeModules.map((name) => [name, false])),
        // Packages whose exports are for 'import' and 'require' alone.
        byDependency: { url: { conditionNames: ['import', '...'] } },
      },
      ignoreWarnings: [/Critical dependency/],
      experiments: { asyncWebAssembly: true },
      performance: { hints: false },
      infrastructureLogging: { level: 'error' },
      plugins: [
        new CopyPlugin({ patterns: [{ from: 'public', noErrorOnMissing: true }] }),
        new webpack.NormalModuleReplacementPlugin(/^node:/, (resource) => {
          resource.request = resource.request.replace(/^node:/, '')
        }),
        ...(isPlain ? [] : [wasmCosForWebpack(options)]),
      ],
    }),
  )
  try {
    const warnings = await new Promise<string[]>((resolve, reject) => {
      compiler.run((error, stats) => {
        if (error || !stats) return reject(error ?? new Error('The compiler has no statistics.'))
        const { errors = [], warnings = [] } = stats.toJson({ all: false, errors: true, warnings: true })
        if (errors.length > 0) return reject(new Error(errors.map(({ message }) => message).join('\n')))
        resolve(warnings.map(({ message }) => message))
      })
    })
    await writeFile(join(outDir, 'index.html'), page.replace('SCRIPT', '<script src="main.js"></script>'))
    return warnings
  } finally {
    await new Promise<void>((resolve) => compiler.close(() => resolve()))
  }
}

/** Writes Vite's imports of URLs in webpack's way: a request with a query is not found in a package with `exports`. */
function inWordsOfWebpack(program: string): string {
  return program.replaceAll(
    /^import (\w+) from ('[^']+)\?url'$/gm,
    (_, name, request) => `const ${name} = String(new URL(${request}', import.meta.url))`,
  )
}

const nodeModules = [
  'child_process',
  'crypto',
  'fs',
  'fs/promises',
  'module',
  'os',
  'path',
  'perf_hooks',
  'stream',
  'tls',
  'url',
  'util',
  'vm',
  'worker_threads',
  'zlib',
  'ws',
  'http',
  'https',
  'buffer',
  'assert',
  'events',
  'net',
  'constants',
  'process',
  'tty',
  'readline',
  'wasi',
]
