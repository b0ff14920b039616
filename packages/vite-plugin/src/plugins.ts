import { relative, resolve } from 'node:path'
import type { HashedWasmFile, WasmCosOptions } from '@wasm-cos/core'
import { isLibrary, resolveOptions } from '@wasm-cos/core/setup'
import { type Bundler, createBundlePlugin } from '@wasm-cos/rollup-plugin/bundle-plugin'
import { importHooks } from '@wasm-cos/rollup-plugin/explicit-import'
import type { Environment, Plugin } from 'vite'
import { isAstro, keepAstroScripts } from './astro.ts'
import { hasPlugin } from './has-plugin.ts'
import { keepsAssets } from './keeps-assets.ts'
import { mayHaveServer } from './may-have-server.ts'
import { NitroPublicFolder } from './nitro.ts'
import { uncopiedPublicFolder } from './public-files.ts'
import { sendStorageHeader } from './preview-header.ts'
import { isEditedWithPage, WorkerFiles, workerHashFinder, workerNamesPlugin } from './worker-names.ts'

/** Hashes the wasm files that are copied beside the bundle of an environment. */
export type FilesBeside = (config: Environment['config']) => Promise<HashedWasmFile[]>

/** What a framework does past Vite. */
export interface Framework extends Pick<Bundler, 'finishLater'> {
  /** Where the files are that Vite, or the framework, copies. */
  filesBeside: FilesBeside
}

/**
 * Makes the plugins of one `plugins` entry: for imports of `./module.wasm?cos`, for builds and for `vite preview`.
 */
export function createPlugins(options: WasmCosOptions | undefined, framework: Framework): Plugin[] {
  const workerFiles = new WorkerFiles()
  return [importPlugin(workerFiles), buildPlugin(options, workerFiles, framework), previewPlugin(options)]
}

function previewPlugin(options: WasmCosOptions | undefined): Plugin {
  return {
    name: 'wasm-cos:preview',
    apply: (_, { isPreview }) => isPreview === true,
    configurePreviewServer: (server) => sendStorageHeader(server, resolveOptions(options)),
  }
}

function buildPlugin(
  options: WasmCosOptions | undefined,
  workerFiles: WorkerFiles,
  framework: Framework,
): Plugin & { nitro: NitroPublicFolder['module'] } {
  const created = Date.now()
  const nitro = new NitroPublicFolder()
  const hooks = createBundlePlugin(options, (context) => {
    // Several environments, and several builds, may share the plugin.
    const { environment } = context as unknown as EnvironmentContext
    return bundlerOf(environment, workerFiles, framework, { created, isFinal: options?.final === true })
  })
  return {
    ...hooks,
    nitro: nitro.module,
    apply: 'build',
    enforce: 'post',
    config(config) {
      nitro.config(config)
      return keepAstroScripts(config)
    },
    configEnvironment: (name) => nitro.configEnvironment(name),
    // Where 'worker.plugins' has the plugin too, the build of the page edits workers, once they have all that is in them.
    applyToEnvironment: (environment) => !isEditedWithPage(environment.getTopLevelConfig().plugins),
  }
}

/** When a framework began to copy files, if that was before the build. */
function sinceFor(plugins: readonly Plugin[], created: number): number | undefined {
  // Storybook copies its `staticDirs` before it asks for a configuration of Vite.
  if (hasPlugin(plugins, /^storybook:/)) return performance.timeOrigin
  // Astro 5 copies the public folder in the build for the server, which comes first.
  return isAstro(plugins) ? created : undefined
}

function bundlerOf(
  environment: Environment | undefined,
  workerFiles: WorkerFiles,
  { filesBeside, finishLater }: Framework,
  { created, isFinal }: { created: number; isFinal: boolean },
): Bundler {
  if (environment === undefined) {
    throw new Error(
      "@wasm-cos/vite-plugin does not run in this bundler, nor in Vite before 6. Use the bundler's own: @wasm-cos/rollup-plugin " +
        "for Rollup and Rolldown, or the entry of its name in unplugin-wasm-cos ('unplugin-wasm-cos/farm').",
    )
  }
  const { config } = environment
  return {
    build: environment,
    since: () => sinceFor(config.plugins, created),
    root: () => config.root,
    reasonToSkip: () => reasonToSkip(config, isFinal),
    publicUrl: () => config.base,
    // Whatever a build for a server copies, the one for browsers has.
    filesBeside: async () => (config.consumer === 'server' ? [] : filesBeside(config)),
    keepsAssets,
    originalsOf: (fileName) => workerFiles.originals.get(fileName) ?? [],
    urlOfBeside(fileName, hostId) {
      const place = { type: 'public', hostId, hostType: 'js', ssr: false } as const
      const url = config.experimental?.renderBuiltUrl?.(fileName, place)
      return typeof url === 'string' ? url : undefined
    },
    hashPositionOf: (fileName) =>
      workerFiles.chunks.has(fileName) ? workerHashFinder(config)(fileName) : undefined,
    namesScriptsElsewhere: () => mayHaveServer(environment),
    finishLater,
    // A framework's module knows where its public files come from.
    publicFolder: () => (finishLater === undefined ? uncopiedPublicFolder(config) : undefined),
    print: (report) => config.logger.info(report),
  }
}

/**
 * Makes the plugin for explicit imports. The modules import the URL with Vite's own `?url`, which holds in a build, on the dev
 * server, and in code for a server.
 *
 * @param workerFiles Gets the names of what Vite bundles for workers, which the build has as assets.
 */
function importPlugin(workerFiles: WorkerFiles): Plugin {
  return {
    name: 'wasm-cos:import',
    enforce: 'pre',
    // Vite builds workers with plugins of their own.
    config: () => ({
      worker: { plugins: () => [importPlugin(workerFiles), workerNamesPlugin(workerFiles)] },
    }),
    ...importHooks((_, path) => `import url from ${JSON.stringify(`${path}?url&no-inline`)}`),
  }
}

/** What Vite adds to the context of Rollup's hooks. */
interface EnvironmentContext {
  /** Absent in other bundlers. */
  environment?: Environment
}

function reasonToSkip(
  { build, consumer, root }: Environment['config'],
  isFinal: boolean,
): string | undefined {
  // A framework builds several outputs in one run, with files of the same names.
  if (consumer === 'server')
    return `(${relative(root, resolve(root, build.outDir)) || '.'}) is for a server, which has no Cross-Origin Storage`
  if (build.lib !== false && !isFinal) return isLibrary
  return undefined
}
