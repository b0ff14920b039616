import type { Built } from '@wasm-cos/core'
import { loadAhead, resolveOptions, type WasmCosOptions } from '@wasm-cos/core/setup'
import type { Plugin } from 'esbuild'
import { bundleWasmUrls, canBundleWasmUrls } from './bundle-wasm-urls.ts'
import { emitImportedFiles } from './emitted-files.ts'
import { bundleExplicitImports } from './explicit-import.ts'
import { canHoldOptions, holdOptions, releaseOptions } from './held-options.ts'
import { finishBuild } from './finish-build.ts'
import type { EsbuildHost } from './host.ts'
import { outputFolderOf } from './output-folder.ts'
import { OutputWriter } from './output-writer.ts'
import { warnOfServerBuild } from './server-build.ts'
import { toMessages, warnAtEnd } from './warnings.ts'

export type { WasmCosOptions }

/**
 * Makes the wasm files that an esbuild build emits come from Cross-Origin Storage where the visitor has them, and makes
 * esbuild bundle `new URL('./x.wasm', import.meta.url)`. List it first, so that other plugins find the output as it
 * ships; but after plugins that emit or change wasm when a build ends.
 *
 * `serve()` answers with esbuild's own output, which is not edited.
 *
 * @param userOptions See {@link WasmCosOptions}; bad ones are build errors.
 * @returns A plugin for esbuild 0.25 and later.
 * @see https://esbuild.github.io/plugins/
 */
export default function wasmCos(userOptions?: WasmCosOptions): Plugin {
  return {
    name: 'wasm-cos',
    setup(build) {
      if ((build as Partial<typeof build>).esbuild === undefined) {
        throw new Error(
          "@wasm-cos/esbuild-plugin does not run in this bundler. For Bun's, use 'unplugin-wasm-cos/bun'.",
        )
      }
      const options = resolveOptions(userOptions)
      const { initialOptions } = build
      const isForNode = initialOptions.platform === 'node'
      if (isForNode) warnOfServerBuild(build)
      emitImportedFiles(build)
      bundleExplicitImports(build)
      if (isForNode) return
      if (!canHoldOptions(initialOptions)) {
        const text =
          'The options of this build are frozen or sealed, so that its output cannot be edited: nothing is shared. Pass a copy.'
        build.onStart(() => ({ [options.strict ? 'errors' : 'warnings']: [{ text }] }))
        return
      }

      const { allowOverwrite } = initialOptions
      const wanted = holdOptions(initialOptions)
      const folder = outputFolderOf(initialOptions)
      const writer = new OutputWriter()
      /** The last build without errors, until it has been compared with what is there when every plugin had its turn. */
      let last: { host: EsbuildHost; built: Built; emitted: Set<string> } | undefined
      let isLateCheckAdded = false
      let since = Date.now()
      // The parser and what else works on output, while esbuild is busy with modules.
      const loading = loadAhead(() => import('./output.ts'))

      build.onStart(() => {
        since = Date.now()
        releaseOptions(initialOptions)
      })

      if (canBundleWasmUrls(initialOptions)) bundleWasmUrls(build, options)

      build.onEnd(async (result) => {
        const { outputFiles = [], metafile } = result
        const errors: string[] = []
        last = undefined
        if (result.errors.length === 0 && metafile !== undefined) {
          const { buildOutput, findOverwrittenInputs, hostOf, parser, updateMetafile } = await loading
          const host = hostOf(outputFiles, metafile, initialOptions, folder)
          const built = await buildOutput(host, options, parser)
          if (built !== undefined) updateMetafile(metafile, outputFiles, folder, built.renameIn)
          await warnAtEnd(build, result, toMessages(host.warnings.splice(0)))
          errors.push(...host.errors.splice(0))
          if (wanted.write && allowOverwrite !== true)
            errors.push(...findOverwrittenInputs(outputFiles, metafile, folder))
          if (built !== undefined && errors.length === 0) {
            const emitted = new Set(outputFiles.map(({ path }) => folder.fileNameOf(path)))
            last = { host, built, emitted }
          }
        }

        if (wanted.write) {
          writer.write(last === undefined ? [] : outputFiles)
          result.outputFiles = undefined
        }
        if (!wanted.metafile) result.metafile = undefined

        // The late check has to run after the `onEnd` callbacks of all other plugins, which may change the output. esbuild calls
        // callbacks in the order of their registration, and plugins register theirs in their set-up, in part after this one:
        // so the check is registered here, when the first build ends. It stays for the next builds of a context.
        if (!isLateCheckAdded) {
          build.onEnd((ended) => last && finishBuild(build, ended, folder, { ...last, since }, options))
        }
        isLateCheckAdded = true
        return { errors: toMessages(errors) }
      })
    },
  }
}
