import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import commonjs from '@rollup/plugin-commonjs'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { wasm } from '@rollup/plugin-wasm'
import wasmCos from '@wasm-cos/rollup-plugin'
import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets'
import { type OutputOptions, rollup as startRollup } from 'rollup'
import type { Bundler, BuildRequest } from '../bundler.ts'
import { latePlugins } from './late-plugins.ts'

const maps = { linked: true, hidden: 'hidden', inline: 'inline' } as const

async function build(request: BuildRequest): Promise<{ warnings: string[] }> {
  const { app, outDir, options, minify = true, sourcemap, overrides } = request
  const warnings: string[] = []
  const { before, after } = latePlugins(request)
  const input = inputsOf(app)
  await rm(outDir, { recursive: true, force: true })
  const bundle = await startRollup({
    input,
    onLog(level, { message }) {
      if (level === 'warn') warnings.push(message)
    },
    plugins: [
      nodeResolve({ browser: true }),
      commonjs(),
      wasm({ targetEnv: 'browser', maxFileSize: 0, publicPath: './' }),
      // It would copy the worker instead of leaving its URL to the other entry.
      importMetaAssets({ exclude: input.worker ? [input.main!] : [] }),
      ...(minify ? [terser()] : []),
      ...before,
      ...(options === false ? [] : [wasmCos(options)]),
      ...after,
    ],
  })
  try {
    await bundle.write({
      dir: outDir,
      format: 'es',
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

/** Rollup and Rolldown do not bundle workers: those who use them list the worker as another entry. */
export function inputsOf(app: string): Record<string, string> {
  const worker = join(app, 'worker.js')
  return { main: join(app, 'main.js'), ...(existsSync(worker) && { worker }) }
}

export const rollup: Bundler = {
  name: 'Rollup 4',
  urlModule(specifier, folder) {
    const path = relative(folder, createRequire(import.meta.url).resolve(specifier))
    return `export default new URL('${path}', import.meta.url).href\n`
  },
  build,
}
