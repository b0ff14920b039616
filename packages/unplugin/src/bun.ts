import { dirname, relative, resolve } from 'node:path'
import type { WasmCosOptions } from '@wasm-cos/core'
import { createBunPlugin } from 'unplugin'
import { editWritten } from './edit-written.ts'
import { importHooks } from './explicit-import.ts'

export type { WasmCosOptions }

/**
 * Makes the wasm files that a build of Bun's bundler emits come from Cross-Origin Storage where the visitor has them.
 * Bun has no hook between its last change and the disk, so `outdir` is edited once it is written; a build without
 * `outdir` cannot be edited, and builds for `target: 'bun'` and `'node'` are left alone.
 *
 * @param options See {@link WasmCosOptions}; bad ones end the build.
 * @returns A plugin for `Bun.build()`, Bun 1.2.22 and later.
 * @see https://bun.com/docs/bundler/plugins
 */
const wasmCos: (options?: WasmCosOptions) => BunPlugin = createBunPlugin<WasmCosOptions | undefined>(
  (options) => ({
    name: 'wasm-cos',
    ...importHooks({
      resolve: (_, specifier, importer = resolve('index.js')) =>
        Bun.resolveSync(specifier, dirname(importer)),
      urlImport: (path) => `${JSON.stringify(path)} with { type: 'file' }`,
    }),
    bun: {
      loader: 'js',
      setup(build: BunBuild) {
        const { outdir, root = process.cwd(), target = 'browser' } = build.config
        if (target !== 'browser') return
        build.onEnd(async ({ success, outputs }) => {
          if (!success) return
          if (outdir === undefined) {
            console.warn(
              'wasm-cos: this build has no \'outdir\', so that nothing could be edited. Set it, or run "npx wasm-cos inject".',
            )
            return
          }
          const folder = resolve(outdir)
          const say = { print: console.log, warn: console.warn }
          await editWritten(folder, resolve(root), options, say, hashesOf(outputs, folder))
        })
      },
    },
  }),
)

/** What is used of Bun itself. @see https://bun.com/docs/api/utils#bun-resolvesync */
declare const Bun: { resolveSync(specifier: string, folder: string): string }

/** What is used of Bun's plugin builder. */
interface BunBuild {
  config: { outdir?: string; root?: string; target?: string }
  onEnd(callback: (result: { success: boolean; outputs: BunArtifact[] }) => Promise<void>): unknown
}

/** What is used of a file that Bun has written. @see https://bun.com/docs/bundler#outputs */
interface BunArtifact {
  /** Absolute path. */
  path: string
  /** That of the content, which is in the name if the option `naming` says so. */
  hash: string | null
}

/** The hashes of files, by their names in the output folder. */
function hashesOf(outputs: BunArtifact[], folder: string): Map<string, string> {
  return new Map(
    outputs.flatMap(({ path, hash }): [string, string][] =>
      hash === null ? [] : [[relative(folder, resolve(folder, path)).replaceAll('\\', '/'), hash]],
    ),
  )
}

type BunPlugin = ReturnType<ReturnType<typeof createBunPlugin>>

export default wasmCos
