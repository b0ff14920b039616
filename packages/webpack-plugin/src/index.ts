import type { WasmCosOptions } from '@wasm-cos/core'
import { WasmCosPlugin } from './wasm-cos-plugin.ts'

export { WasmCosPlugin, type WasmCosOptions }

/**
 * Makes the wasm files that a webpack or Rspack build emits come from Cross-Origin Storage where the visitor has
 * them. Workers are included. Development builds and builds for Node are left alone.
 *
 * @param options See {@link WasmCosOptions}; bad ones are errors of the compilation.
 * @see https://webpack.js.org/concepts/plugins/
 */
export default function wasmCos(options?: WasmCosOptions): WasmCosPlugin {
  return new WasmCosPlugin(options)
}
