import { existsSync } from 'node:fs'
import type { RsbuildPlugin } from '@rsbuild/core'
import type { Compiler } from '@rspack/core'
import wasmCos, { type WasmCosOptions } from '@wasm-cos/webpack-plugin'

export type { WasmCosOptions }

/**
 * The plugin for Rsbuild: what the one for Rspack does, also for wasm files of the public folder, and the table at the end
 * of a build is printed. Builds for Node and for development are left alone.
 *
 * @param options See {@link WasmCosOptions}; bad ones are errors of the build.
 * @returns A plugin for Rsbuild 1 and 2.
 * @see https://rsbuild.rs/plugins/dev/
 */
export default function wasmCosForRsbuild(options?: WasmCosOptions): RsbuildPlugin {
  return {
    name: 'wasm-cos',
    setup(api) {
      api.modifyRspackConfig((_, { appendPlugins, environment, isProd, rspack, target }) => {
        if (isProd && target !== 'node') {
          for (const { name, copyOnBuild } of [environment.config.server.publicDir].flat()) {
            if (copyOnBuild === false || !existsSync(name)) continue
            // Rsbuild copies the folder by itself: here its wasm is of the build, with the same names and bytes.
            const patterns = [{ from: '**/*.wasm', context: name, noErrorOnMissing: true }]
            appendPlugins(new rspack.CopyRspackPlugin({ patterns }))
          }
        }
        appendPlugins([
          { apply: (compiler: Compiler) => printTable(compiler, api.logger.info) },
          wasmCos(options),
        ])
      })
    },
  }
}

/** Prints the table through Rsbuild, which keeps what plugins tell Rspack's logger to itself. */
function printTable(compiler: Compiler, print: (text: string) => void): void {
  compiler.hooks.infrastructureLog.tap('wasm-cos', (origin, type, args) => {
    if (origin !== 'wasm-cos' || type !== 'info') return undefined
    print(args.join(' '))
    return true
  })
}
