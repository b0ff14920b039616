import type { HashedFile } from '@wasm-cos/core'
import { formatReport, loadAhead, resolveOptions, type WasmCosOptions } from '@wasm-cos/core/setup'
import type { Plugin } from 'esbuild'
import { bundleWasmUrls, canBundleWasmUrls } from './bundle-wasm-urls.ts'
import { checkOutput } from './check-output.ts'
import { emitImportedFiles } from './emitted-files.ts'
import { bundleExplicitImports } from './explicit-import.ts'
import { holdOptions, releaseOptions } from './held-options.ts'
import { outputFolderOf } from './output-folder.ts'
import { OutputWriter } from './output-writer.ts'
import { findOverwrittenInputs } from './overwritten-inputs.ts'
import { warnOfServerBuild } from './server-build.ts'
import { warnAtEnd } from './warnings.ts'

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
      const options = resolveOptions(userOptions)
      const { initialOptions } = build
      const isForNode = initialOptions.platform === 'node'
      if (isForNode) warnOfServerBuild(build, options)
      emitImportedFiles(build)
      bundleExplicitImports(build)
      if (isForNode) return

      const { allowOverwrite, logLevel = '' } = initialOptions
      const wanted = holdOptions(initialOptions)
      const folder = outputFolderOf(initialOptions)
      const writer = new OutputWriter()
      let files: HashedFile[] = []
      let isChecked = false
      // The parser and what else works on output, while esbuild is busy with modules.
      const loading = loadAhead(() => import('./process-result.ts'))

      build.onStart(() => releaseOptions(initialOptions))

      if (canBundleWasmUrls(initialOptions)) bundleWasmUrls(build, options)

      build.onEnd(async (result) => {
        const { outputFiles = [], metafile } = result
        const errors: string[] = []
        let report = ''
        files = []
        if (result.errors.length === 0 && metafile !== undefined) {
          const { processResult } = await loading
          const processed = await processResult(outputFiles, metafile, initialOptions, options, folder)
          files = processed.files
          report = formatReport(processed.manifest)
          const messages = processed.warnings.map(({ message }) => message)
          if (options.strict) errors.push(...messages)
          else await warnAtEnd(build, result, messages)
          if (wanted.write && allowOverwrite !== true)
            errors.push(...findOverwrittenInputs(outputFiles, metafile, folder))
        }

        const isGood = result.errors.length === 0 && errors.length === 0
        if (wanted.write) {
          await writer.write(isGood ? outputFiles : [])
          result.outputFiles = undefined
        }
        if (!wanted.metafile) result.metafile = undefined
        if (isGood && report !== '' && ['info', 'debug', 'verbose'].includes(logLevel)) console.error(report)

        // Registered now, it runs after the callbacks of all plugins.
        if (!isChecked)
          build.onEnd(async ({ outputFiles }) => toMessages(await checkOutput(files, outputFiles, folder)))
        isChecked = true
        return toMessages(errors)
      })
    },
  }
}

function toMessages(errors: string[]): { errors: { text: string }[] } {
  return { errors: errors.map((text) => ({ text })) }
}
