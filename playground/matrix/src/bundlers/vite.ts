import { join } from 'node:path'
import wasmCos from '@wasm-cos/vite-plugin'
import * as vite8Module from 'vite'
import * as vite6Module from 'vite6'
import * as vite7Module from 'vite7'
import { classicWorkerOf } from '../app-files.ts'
import { type Bundler, type BuildRequest, patiently } from '../bundler.ts'
import { latePlugins } from './rollup-plugins.ts'

const maps = { linked: true, hidden: 'hidden', inline: 'inline' } as const

async function build(vite: typeof vite8Module, request: BuildRequest): Promise<{ warnings: string[] }> {
  const { app, outDir, options, minify = true, sourcemap, overrides } = request
  const warnings: string[] = []
  const logger = vite.createLogger('silent')
  logger.warn = (message) => void warnings.push(message)
  logger.warnOnce = logger.warn
  const { before, after } = latePlugins(request)
  const names = { entryFileNames: '[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js' }
  await vite.build(
    vite.mergeConfig(
      {
        root: app,
        configFile: false,
        customLogger: logger,
        // What a build is doing goes past the logger.
        logLevel: 'warn',
        base: './',
        worker: { format: classicWorkerOf(app) === undefined ? 'es' : 'iife' },
        plugins: [...before, ...(options === false ? [] : [wasmCos(patiently(options))]), ...after],
        build: {
          outDir,
          emptyOutDir: true,
          minify,
          sourcemap: sourcemap === undefined ? false : maps[sourcemap],
          target: 'esnext',
          modulePreload: { polyfill: false },
          reportCompressedSize: false,
          rollupOptions: { input: { main: join(app, 'main.js') }, output: names },
        },
      } satisfies vite8Module.InlineConfig,
      overrides ?? {},
    ),
  )
  return { warnings }
}

const urlModule = (specifier: string) => `export { default } from '${specifier}?url'\n`

export const vite8: Bundler = {
  name: 'Vite 8',
  page: 'module',
  urlModule,
  build: (request) => build(vite8Module, request),
}

export const vite7: Bundler = {
  name: 'Vite 7',
  page: 'module',
  urlModule,
  build: (request) => build(vite7Module as unknown as typeof vite8Module, request),
}

export const vite6: Bundler = {
  name: 'Vite 6',
  page: 'module',
  urlModule,
  build: (request) => build(vite6Module as unknown as typeof vite8Module, request),
}
