import { join } from 'node:path'
import { embeddedHashes, sha256 } from '@wasm-cos/harness/hash'
import type { WasmCosOptions } from '@wasm-cos/core'
import wasmCos from '../index.ts'
import type { Bundler, Compiler, Configuration } from './bundlers.ts'
import { embeddedNames, readOutput } from './project.ts'

/** What a build wrote and said. */
export interface Built {
  folder: string
  files: Map<string, Buffer>
  errors: string[]
  warnings: string[]
  /** What the bundler's infrastructure printed. */
  printed: string[]
  /** The scripts of the entry `main`, as the page has to load them. */
  entry: string[]
}

export interface BuildOptions {
  /** The plugin's options; `false` builds without it. */
  options?: WasmCosOptions | false
  configuration?: Configuration
}

/** The configuration of a production build of `main.js` to `dist`. */
export function configure(project: string, { options, configuration = {} }: BuildOptions): Configuration {
  const { output, plugins = [], optimization, ...rest } = configuration
  return {
    context: project,
    mode: 'production',
    devtool: false,
    entry: './main.js',
    performance: { hints: false },
    infrastructureLogging: { level: 'none' },
    ...rest,
    resolve: { fallback: { fs: false, path: false, crypto: false }, ...rest.resolve },
    // What the bundler itself needs to say is not what is tested.
    ignoreWarnings: [/Circular dependency between chunks/],
    optimization: { ...optimization },
    output: { path: join(project, 'dist'), clean: true, ...output },
    plugins: [...plugins, ...(options === false ? [] : [wasmCos(options)])],
  }
}

/** Builds a project and reads what was written. */
export async function build(bundler: Bundler, project: string, request: BuildOptions = {}): Promise<Built> {
  const compiler = bundler.createCompiler(configure(project, request))
  const printed = listen(compiler)
  try {
    return await new Promise<Built>((resolve, reject) => {
      compiler.run((error, stats) => {
        if (stats) resolve(readBuilt(compiler, stats, printed))
        else reject(error)
      })
    })
  } finally {
    await new Promise<void>((resolve) => compiler.close(() => resolve()))
  }
}

/** Collects what a compiler prints of the plugin. */
export function listen(compiler: Compiler): string[] {
  const printed: string[] = []
  compiler.hooks.infrastructureLog.tap('test', (_name, _type, args) => void printed.push(String(args)))
  return printed
}

type Stats = Parameters<Parameters<Compiler['run']>[0]>[1] & object

/** Reads the outcome of a compilation. */
export async function readBuilt(compiler: Compiler, stats: Stats, printed: string[]): Promise<Built> {
  const {
    errors = [],
    warnings = [],
    entrypoints,
  } = stats.toJson({
    all: false,
    errors: true,
    warnings: true,
    entrypoints: true,
  })
  const folder = compiler.outputPath
  return {
    folder,
    files: await readOutput(folder).catch(() => new Map<string, Buffer>()),
    errors: errors.map(({ message }) => message),
    warnings: warnings.map(({ message }) => message),
    printed,
    entry: (entrypoints?.main?.assets ?? []).map(({ name }) => name).filter((name) => /\.m?js$/.test(name)),
  }
}

/** The text of each file whose name ends so. */
export function textsOf({ files }: Built, ending: string): [name: string, text: string][] {
  return [...files].filter(([name]) => name.endsWith(ending)).map(([name, bytes]) => [name, bytes.toString()])
}

/** Which files each script answers for, with the hash it carries for each: names and hashes in the same order. */
export function embeddedIn(built: Built): Record<string, Record<string, string>> {
  const instrumented = textsOf(built, 'js').filter(([, code]) => embeddedHashes(code).length > 0)
  return Object.fromEntries(
    instrumented.map(([script, code]) => {
      const hashes = embeddedHashes(code)
      return [script, Object.fromEntries(embeddedNames(code).map((name, index) => [name, hashes[index]!]))]
    }),
  )
}

/** The wasm files on disk, with their hashes. */
export function wasmIn({ files }: Built): Record<string, string> {
  return Object.fromEntries(
    [...files].filter(([name]) => name.endsWith('.wasm')).map(([name, bytes]) => [name, sha256(bytes)]),
  )
}
