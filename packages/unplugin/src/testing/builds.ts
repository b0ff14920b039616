import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import wasmCos from '../index.ts'

const require = createRequire(import.meta.url)

/** On a busy machine a lookup takes longer than a page would wait. */
const patient = { lookupTimeout: 10_000 }

/**
 * Builds `main.js` of a folder into `out` there; the entry may be called whatever the bundler likes.
 *
 * @param alias A name by which modules import what is in a folder, in the bundler's own configuration.
 */
type Build = (folder: string, alias?: Alias) => Promise<unknown>
type Alias = Record<string, string>

/** A build with each entry of the package. */
export const builds: Record<string, Build> = {
  async vite(root, alias = {}) {
    const { build } = await import('vite')
    const rollupOptions = { input: join(root, 'main.js') }
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      base: './',
      resolve: { alias },
      plugins: [wasmCos.vite(patient)],
      build: { outDir: 'out', target: 'esnext', modulePreload: false, rollupOptions },
    })
  },
  async rollup(root, alias = {}) {
    const { rollup } = await import('rollup')
    const bundle = await rollup({
      input: join(root, 'main.js'),
      // As @rollup/plugin-alias does.
      plugins: [
        { name: 'alias', resolveId: (source: string) => withAlias(source, alias) },
        wasmCos.rollup(patient),
      ],
      onLog: () => {},
    })
    await bundle.write({ dir: join(root, 'out') })
    await bundle.close()
  },
  async rolldown(cwd, alias = {}) {
    const { build } = await import('rolldown')
    await build({
      cwd,
      input: './main.js',
      resolve: { alias },
      plugins: [wasmCos.rolldown(patient)],
      logLevel: 'silent',
      output: { dir: join(cwd, 'out') },
    })
  },
  async webpack(context, alias) {
    const { default: webpack } = await import('webpack')
    const { minifiedHere } = await import('@wasm-cos/harness/webpack')
    await run(webpack(minifiedHere(webpackLike(context, wasmCos.webpack(patient), alias))))
  },
  async rspack(context, alias) {
    const { rspack } = await import('@rspack/core')
    await run(rspack(webpackLike(context, wasmCos.rspack(patient), alias) as never))
  },
  async rsbuild(cwd, alias = {}) {
    const { createRsbuild } = await import('@rsbuild/core')
    const rsbuild = await createRsbuild({
      cwd,
      config: {
        mode: 'production',
        logLevel: 'silent',
        plugins: [wasmCos.rsbuild(patient)],
        source: { entry: { main: './main.js' } },
        resolve: { alias },
        output: { distPath: { root: 'out' }, assetPrefix: 'auto' },
      },
    })
    const { close } = await rsbuild.build()
    await close()
  },
  async esbuild(absWorkingDir, alias = {}) {
    const { build } = await import('esbuild')
    await build({
      absWorkingDir,
      entryPoints: ['main.js'],
      bundle: true,
      format: 'esm',
      outdir: 'out',
      alias,
      logLevel: 'silent',
      plugins: [wasmCos.esbuild(patient)],
    })
  },
  async farm(root, alias = {}) {
    const { build } = await import('@farmfe/core')
    const config = {
      root,
      // Farm reads it, but does not declare it.
      configFile: false,
      compilation: {
        input: { main: './main.js' },
        resolve: { alias },
        output: { path: 'out', publicPath: '/', targetEnv: 'browser-esnext' },
        presetEnv: false,
        progress: false,
        persistentCache: false,
      },
      plugins: [wasmCos.farm(patient)].flat(),
    }
    await build(config as object)
  },
  async bun(cwd, alias = {}) {
    const paths = Object.fromEntries(
      Object.entries(alias).map(([name, folder]) => [`${name}/*`, [`${folder}/*`]]),
    )
    await writeFile(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths } }))
    const script = `import wasmCos from ${JSON.stringify(join(import.meta.dirname, '../../dist/bun.js'))}
await Bun.build({ entrypoints: ['main.js'], outdir: 'out', plugins: [wasmCos(${JSON.stringify(patient)})] })`
    await writeFile(join(cwd, 'build.mjs'), script)
    const bun = join(require.resolve('bun/package.json'), '../bin/bun.exe')
    await promisify(execFile)(bun, ['build.mjs'], { cwd })
  },
}

/** The options of webpack and Rspack. The alias is that of a rule: only the bundler's resolver for its module knows it. */
function webpackLike<Plugin>(context: string, plugin: Plugin, alias: Alias = {}): object {
  return {
    context,
    mode: 'production',
    entry: { main: './main.js' },
    output: { path: join(context, 'out') },
    module: { rules: [{ test: /main\.js$/, resolve: { alias } }] },
    plugins: [plugin],
    infrastructureLogging: { level: 'error' },
  }
}

function run(compiler: {
  run(done: (error: Error | null, stats?: { hasErrors(): boolean }) => void): void
  close(done: () => void): void
}): Promise<void> {
  return new Promise((resolve, reject) =>
    compiler.run((error, stats) =>
      compiler.close(() =>
        error || stats?.hasErrors() ? reject(error ?? new Error(String(stats))) : resolve(),
      ),
    ),
  )
}

function withAlias(source: string, alias: Alias): string | undefined {
  const [name, folder] = Object.entries(alias).find(([key]) => source.startsWith(`${key}/`)) ?? ['', '']
  return name === '' ? undefined : folder + source.slice(name.length)
}
