import type { WasmCosOptions } from '@wasm-cos/core'
import { resolveOptions } from '@wasm-cos/core/setup'
import { type Bundler, createBundlePlugin } from '@wasm-cos/rollup-plugin/bundle-plugin'
import { explicitImport } from '@wasm-cos/rollup-plugin/explicit-import'
import type { Environment, Plugin } from 'vite'
import { readPublicFiles } from './public-files.ts'
import { sendStorageHeader } from './preview-header.ts'
import { workerHashFinder, workerNamesPlugin } from './worker-names.ts'

export type { WasmCosOptions }

/**
 * Makes the wasm files that a Vite build emits, and those in `publicDir`, come from Cross-Origin Storage where the
 * visitor has them. Workers are included. Builds for a server are left alone, and so is the dev server, but for imports
 * of `./module.wasm?cos`, which work everywhere.
 *
 * @param options See {@link WasmCosOptions}; bad ones are reported when the build starts.
 * @returns Plugins for Vite 6, 7 and 8.
 * @see https://vite.dev/guide/api-plugin
 */
export default function wasmCos(options?: WasmCosOptions): Plugin[] {
  const workerFileNames = new Set<string>()
  return [importPlugin(workerFileNames), buildPlugin(options, workerFileNames), previewPlugin(options)]
}

function previewPlugin(options: WasmCosOptions | undefined): Plugin {
  return {
    name: 'wasm-cos:preview',
    apply: (_, { isPreview }) => isPreview === true,
    configurePreviewServer: (server) => sendStorageHeader(server, resolveOptions(options)),
  }
}

function buildPlugin(options: WasmCosOptions | undefined, workerFileNames: ReadonlySet<string>): Plugin {
  const hooks = createBundlePlugin(options, (context) => {
    // Several environments, and several builds, may share the plugin.
    const { environment } = context as unknown as EnvironmentContext
    return bundlerOf(environment, workerFileNames, options?.final === true)
  })
  return { ...hooks, apply: 'build', enforce: 'post' }
}

function bundlerOf(
  environment: Environment | undefined,
  workerFileNames: ReadonlySet<string>,
  isFinal: boolean,
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
    root: () => config.root,
    reasonToSkip: () => reasonToSkip(config, isFinal),
    publicUrl: () => config.base,
    filesBeside: () => readPublicFiles(config),
    hashPositionOf: (fileName) =>
      workerFileNames.has(fileName) ? workerHashFinder(config)(fileName) : undefined,
    print: (report) => config.logger.info(report),
  }
}

/**
 * Vite's own `?url` says where the file is: in a build, on the dev server, and on a server.
 *
 * @param workerFileNames Gets the names of what Vite bundles for workers, which the build has as assets.
 */
function importPlugin(workerFileNames: Set<string>): Plugin {
  return {
    name: 'wasm-cos:import',
    enforce: 'pre',
    // Vite builds workers with plugins of their own.
    config: () => ({
      worker: { plugins: () => [importPlugin(workerFileNames), workerNamesPlugin(workerFileNames)] },
    }),
    ...explicitImport((_, path) => `import url from ${JSON.stringify(`${path}?url&no-inline`)}`),
  }
}

/** What Vite adds to the context of Rollup's hooks. */
interface EnvironmentContext {
  /** Absent in other bundlers. */
  environment?: Environment
}

function reasonToSkip({ build, consumer }: Environment['config'], isFinal: boolean): string | undefined {
  if (consumer === 'server') return 'is for a server, which has no Cross-Origin Storage'
  if (build.lib !== false && !isFinal)
    return "is a library: the application that bundles it decides; where none does, set the option 'final: true'"
  return undefined
}
