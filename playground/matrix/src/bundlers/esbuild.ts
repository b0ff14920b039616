import { rm } from 'node:fs/promises'
import wasmCos from '@wasm-cos/esbuild-plugin'
import { build as startEsbuild, type BuildOptions, type OutputFile, type Plugin } from 'esbuild'
import { classicWorkerOf, entriesOf, readPublicWasm } from '../app-files.ts'
import { type Bundler, type BuildRequest, patiently } from '../bundler.ts'

const maps = { linked: 'linked', hidden: 'external', inline: 'inline' } as const

async function build(request: BuildRequest): Promise<{ warnings: string[] }> {
  const { app, outDir, options, minify = true, sourcemap, overrides } = request
  const entries = entriesOf(app)
  const classicWorker = classicWorkerOf(app)
  const copied = await readPublicWasm(app)
  const { before, after } = changesOf(request)
  const bundle = (specific: BuildOptions) =>
    startEsbuild({
      absWorkingDir: app,
      outdir: outDir,
      bundle: true,
      minify,
      sourcemap: sourcemap === undefined ? false : maps[sourcemap],
      loader: { '.wasm': copied.length > 0 ? 'copy' : 'file' },
      chunkNames: 'assets/[name]-[hash]',
      assetNames: 'assets/[name]-[hash]',
      // canvaskit-wasm requires them where it finds itself in Node.
      external: ['fs', 'path'],
      logLevel: 'silent',
      plugins: [...before, ...(options === false ? [] : [wasmCos(patiently(options))]), ...after],
      ...specific,
      ...overrides,
    })

  await rm(outDir, { recursive: true, force: true })
  const results = [
    await bundle({
      entryPoints: [...Object.values(entries), ...copied.map(({ path }) => path)],
      // One template serves all entries, and a worker or a copied file is found by a name that does not change.
      entryNames: 'worker' in entries || copied.length > 0 ? '[name]' : '[name]-[hash]',
      format: 'esm',
      splitting: true,
    }),
  ]
  if (classicWorker !== undefined) {
    results.push(await bundle({ entryPoints: [classicWorker], entryNames: '[name]', format: 'iife' }))
  }
  return { warnings: results.flatMap(({ warnings }) => warnings.map(({ text }) => text)) }
}

/** Plugins that change what a build gives before ours, and what is written after it. */
function changesOf({ optimize, afterWrite, outDir }: BuildRequest): Record<'before' | 'after', Plugin[]> {
  const optimizer: Plugin = {
    name: 'optimizer',
    setup: ({ onEnd }) =>
      onEnd(({ outputFiles = [] }) => {
        for (const file of outputFiles)
          if (file.path.endsWith('.wasm')) replace(file, optimize!(file.contents))
      }),
  }
  const laterStep: Plugin = { name: 'later-step', setup: ({ onEnd }) => onEnd(() => afterWrite!(outDir)) }
  return { before: optimize ? [optimizer] : [], after: afterWrite ? [laterStep] : [] }
}

function replace(file: OutputFile, contents: Uint8Array): void {
  file.contents = contents
}

export const esbuild: Bundler = {
  name: 'esbuild',
  page: 'module',
  urlModule: (specifier) => `export { default } from '${specifier}'\n`,
  build,
}
