import { relative } from 'node:path'
import {
  buildOutput,
  finishInMemory,
  isLibrary,
  loadParser,
  resolveOptions,
  type WasmCosOptions,
} from '@wasm-cos/core'
import { createFarmPlugin, type UnpluginOptions } from 'unplugin'
import { type HookContext, importHooks } from './explicit-import.ts'
import { type FarmConfig, hostOf } from './farm-host.ts'

export type { WasmCosOptions }

/**
 * Makes the wasm files that a Farm build emits come from Cross-Origin Storage where the visitor has them. The public
 * folder is copied by Farm afterwards: run `npx wasm-cos inject` on the output if there is wasm in it.
 *
 * @param options See {@link WasmCosOptions}; bad ones end the build.
 * @returns A plugin for Farm 1.7, for `plugins` in `farm.config`.
 * @see https://www.farmfe.org/docs/plugins/writing-plugins/js-plugin
 */
const wasmCos: (options?: WasmCosOptions) => FarmPlugins = createFarmPlugin<WasmCosOptions | undefined, true>(
  (options) => {
    const config: FarmConfig = { root: process.cwd() }
    return [
      {
        name: 'wasm-cos:import',
        // Before Farm's own resolver.
        enforce: 'pre',
        ...importHooks({
          resolve: resolveInFarm,
          urlImport: (path) => JSON.stringify(`${path}?url`),
        }),
      },
      { name: 'wasm-cos', farm: outputHooks(config, options) },
    ]
  },
)

/** Finds the file of a specifier with Farm's own resolver. */
async function resolveInFarm(
  context: HookContext,
  source: string,
  importer: string | undefined,
): Promise<string | undefined> {
  const native = context.getNativeBuildContext?.()
  if (native?.framework !== 'farm') return undefined
  // Farm's importers are relative to its root; unplugin has resolved them from the working directory.
  const ownImporter = importer === undefined ? null : relative(process.cwd(), importer)
  const { resolvedPath } = await native.context.resolve(
    { source, importer: ownImporter, kind: 'import' },
    { meta: {}, caller: 'wasm-cos:import' },
  )
  return resolvedPath
}

/** @param config Is filled in when Farm has read its configuration. */
function outputHooks(
  config: FarmConfig,
  userOptions: WasmCosOptions | undefined,
): NonNullable<UnpluginOptions['farm']> {
  const options = resolveOptions(userOptions)
  return {
    // After Farm's own plugins, which fill the resources and name them.
    priority: 0,
    configResolved({ root = process.cwd(), compilation }) {
      const { publicPath, targetEnv = 'browser' } = compilation?.output ?? {}
      const isDevelopment = compilation?.mode === 'development'
      Object.assign(config, {
        root,
        publicPath,
        reasonToSkip: reasonToSkip(isDevelopment, targetEnv, options.final),
      })
    },
    finalizeResources: {
      async executor({ resourcesMap }) {
        const host = hostOf(resourcesMap, config)
        const built = await buildOutput(host, options, await loadParser())
        if (built === undefined) return resourcesMap
        finishInMemory(host, built, options)
        return resourcesMap
      },
    },
  }
}

function reasonToSkip(isDevelopment: boolean, targetEnv: string, isFinal: boolean): string | undefined {
  if (isDevelopment) return 'is for development: the development server changes files in place'
  if (targetEnv === 'library-browser') return isFinal ? undefined : isLibrary
  return /^(node|library)/.test(targetEnv) ? `is not for browsers (targetEnv: '${targetEnv}')` : undefined
}

type FarmPlugins = ReturnType<ReturnType<typeof createFarmPlugin>>

export default wasmCos
