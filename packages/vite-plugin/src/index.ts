import type { WasmCosOptions } from '@wasm-cos/core'
import type { Plugin } from 'vite'
import { createPlugins } from './plugins.ts'
import { readPublicFiles } from './public-files.ts'

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
  return createPlugins(options, { filesBeside: readPublicFiles })
}
