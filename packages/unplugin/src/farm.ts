import { resolve } from 'node:path'
import type { WasmCosOptions } from '@wasm-cos/core'
import { createFarmPlugin } from 'unplugin'
import { editWritten } from './edit-written.ts'
import { explicitImport } from './explicit-import.ts'

export type { WasmCosOptions }

/**
 * Makes the wasm files that a Farm build emits come from Cross-Origin Storage where the visitor has them. Farm's hooks
 * end before its resources are written, so the output folder is edited afterwards.
 *
 * @param options See {@link WasmCosOptions}; bad ones end the build.
 * @returns A plugin for Farm 1.7, for `plugins` in `farm.config`.
 * @see https://www.farmfe.org/docs/plugins/writing-plugins/js-plugin
 */
const wasmCos: (options?: WasmCosOptions) => FarmPlugin = createFarmPlugin<WasmCosOptions | undefined>(
  (options) => {
    let root = process.cwd()
    let folder = 'dist'
    let isBuild = true
    return {
      name: 'wasm-cos',
      ...explicitImport((path) => JSON.stringify(`${path}?url`)),
      farm: {
        configResolved(config) {
          root = config.root ?? root
          folder = resolve(root, config.compilation?.output?.path ?? folder)
          isBuild = config.compilation?.mode !== 'development'
        },
        writeResources: {
          async executor() {
            if (isBuild) await editWritten(folder, root, options, { print: console.log, warn: console.warn })
          },
        },
      },
    }
  },
)

type FarmPlugin = ReturnType<ReturnType<typeof createFarmPlugin>>

export default wasmCos
