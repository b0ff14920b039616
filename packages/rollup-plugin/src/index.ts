import type { WasmCosOptions } from '@wasm-cos/core'
import { type BundlePlugin, createBundlePlugin } from './bundle-plugin.ts'
import { declareEmittedUrl, type ImportHooks, importHooks, type ModuleContext } from './explicit-import.ts'
import type { PluginContext, PreHook } from './rollup-types.ts'

export type { WasmCosOptions }

/** The plugin in the terms of Rollup, which are Rolldown's too. */
export type RollupPlugin = Omit<BundlePlugin, 'load'> &
  Omit<ImportHooks, 'load'> & {
    load: PreHook<
      (this: ModuleContext & PluginContext, id: string) => ReturnType<ImportHooks['load']['handler']>
    >
    renderStart(output: object, input: object): void
  }

/**
 * Makes the wasm files that a Rollup or Rolldown build emits come from Cross-Origin Storage where the visitor has
 * them, and gives imports of `./module.wasm?cos` a meaning. List it last.
 *
 * @param userOptions See {@link WasmCosOptions}; bad ones are reported when the build starts.
 * @returns A plugin with Rollup's hooks, which Rolldown runs too.
 * @see https://rollupjs.org/plugin-development/
 */
export default function wasmCos(userOptions?: WasmCosOptions): RollupPlugin {
  // Several builds may share the plugin; an output belongs to one of them.
  const platforms = new WeakMap<object, unknown>()
  const build = {}
  const plugin = createBundlePlugin(userOptions, (context) => ({
    build,
    root: () => process.cwd(),
    reasonToSkip: (output) =>
      output.format === 'cjs' || platforms.get(output) === 'node'
        ? 'is for Node, which has no Cross-Origin Storage'
        : undefined,
    publicUrl: () => undefined,
    filesBeside: async () => [],
    // Workers are entries, and so chunks.
    hashPositionOf: () => undefined,
    namesScriptsElsewhere: () => true,
    print: (report) => context.info(report),
  }))
  const imports = importHooks(declareEmittedUrl)
  return {
    ...plugin,
    ...imports,
    load: {
      ...plugin.load,
      handler(id) {
        plugin.load.handler.call(this, id)
        return imports.load.handler.call(this, id)
      },
    },
    buildStart(input) {
      if ('viteVersion' in this.meta)
        this.warn(
          'Use @wasm-cos/vite-plugin with Vite: this plugin does not see workers, public files and environments.',
        )
      plugin.buildStart.call(this, input)
    },
    renderStart(output, input) {
      // Only Rolldown has it: https://rolldown.rs/reference/InputOptions.platform
      if ('platform' in input) platforms.set(output, input.platform)
    },
  }
}
