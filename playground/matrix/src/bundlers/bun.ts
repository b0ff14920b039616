import { execFile } from 'node:child_process'
import { cp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { classicWorkerOf, entriesOf, publicFolderOf } from '../app-files.ts'
import { type Bundler, type BuildRequest, patiently } from '../bundler.ts'

const require = createRequire(import.meta.url)
const executable = join(require.resolve('bun/package.json'), '../bin/bun.exe')

/** Bun's bundler is part of Bun: a script of its own runs it. */
async function build({ app, outDir, options, minify = true }: BuildRequest): Promise<{ warnings: string[] }> {
  await rm(outDir, { recursive: true, force: true })
  // Bun copies nothing by itself.
  const publicFolder = publicFolderOf(app)
  if (publicFolder !== undefined) await cp(publicFolder, outDir, { recursive: true })
  const classicWorker = classicWorkerOf(app)
  const common = { outdir: outDir, minify, loader: { '.wasm': 'file' }, external: ['fs', 'path'] }
  const builds = [
    {
      ...common,
      entrypoints: Object.values(entriesOf(app)),
      splitting: true,
      naming: { chunk: 'assets/[name]-[hash].[ext]', asset: 'assets/[name]-[hash].[ext]' },
    },
    ...(classicWorker === undefined ? [] : [{ ...common, entrypoints: [classicWorker], format: 'iife' }]),
  ]
  const script = `import wasmCos from 'unplugin-wasm-cos/bun'
for (const build of ${JSON.stringify(builds)}) await Bun.build({ ...build, plugins: [${options === false ? '' : `wasmCos(${JSON.stringify(patiently(options))})`}] })`
  await writeFile(join(app, 'build.mjs'), script)
  const { stderr } = await promisify(execFile)(executable, ['build.mjs'], { cwd: app })
  return { warnings: stderr.split('\n').filter(Boolean) }
}

export const bun: Bundler = {
  name: 'Bun 1',
  page: 'module',
  urlModule: (specifier) => `export { default } from '${specifier}'\n`,
  build,
}
