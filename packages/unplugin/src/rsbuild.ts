import type { RsbuildPlugin } from '@rsbuild/core'
import { WasmCosPlugin, type WasmCosOptions } from '@wasm-cos/rspack-plugin'

export type { WasmCosOptions }

/**
 * Makes the wasm files that an Rsbuild build emits come from Cross-Origin Storage where the visitor has them.
 *
 * @param options See {@link WasmCosOptions}; bad ones are errors of the compilation.
 * @returns A plugin for Rsbuild 1 and 2, for `plugins` in `rsbuild.config`.
 * @see https://rsbuild.rs/plugins/dev/
 */
export default function wasmCos(options?: WasmCosOptions): RsbuildPlugin {
  return {
    name: 'wasm-cos',
    setup({ modifyRspackConfig }) {
      modifyRspackConfig((_, { appendPlugins }) => appendPlugins(new WasmCosPlugin(options)))
    },
  }
}
