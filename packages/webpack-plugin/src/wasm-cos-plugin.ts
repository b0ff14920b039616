import type { HashedFile, ProcessedOutput } from '@wasm-cos/core'
import {
  EarlySources,
  formatReport,
  loadAhead,
  resolveOptions,
  type WasmCosOptions,
} from '@wasm-cos/core/setup'
import { addToChunkHashes } from './chunk-hash.ts'
import { addExplicitImports } from './explicit-import.ts'
import { FinalNames } from './final-names.ts'
import { developmentNotice } from './reason-to-skip.ts'
import type { Compiler } from './webpack-like.ts'
import { wasmModulesIn } from './wasm-sources.ts'
import { checkWrittenFiles } from './written-files.ts'

const name = 'wasm-cos'

/** The plugin for webpack and Rspack, as a class. */
export class WasmCosPlugin {
  readonly #options: WasmCosOptions | undefined

  /** @param options See {@link WasmCosOptions}; bad ones are errors of the compilation. */
  constructor(options?: WasmCosOptions) {
    this.#options = options
  }

  /** Called by the bundler. */
  apply(compiler: Compiler): void {
    addExplicitImports(compiler)
    const { thisCompilation, afterEmit, done } = compiler.hooks
    const { PROCESS_ASSETS_STAGE_OPTIMIZE_SIZE } = compiler.webpack.Compilation
    const logger = compiler.getInfrastructureLogger(name)
    let options: ReturnType<typeof resolveOptions>
    try {
      options = resolveOptions(this.#options)
    } catch (error) {
      thisCompilation.tap({ name }, ({ errors }) => void errors.push(error as Error))
      return
    }

    let isNoticed = false
    /** What the chunks of the last compilation carry, until it is compared with what was written. */
    let embedded: { files: HashedFile[]; report: string } | undefined
    let isWritten = false

    thisCompilation.tap({ name }, (compilation) => {
      embedded = undefined
      isWritten = false
      const notice = developmentNotice(compiler)
      if (notice !== undefined) {
        if (!isNoticed) logger.info(notice)
        isNoticed = true
        return
      }
      addToChunkHashes(compiler, compilation, options)
      // The parser and what else works on output, while the bundler is busy with modules.
      const loading = loadAhead(() => import('./process-compilation.ts'))

      const early = new EarlySources()
      // Rspack gives the names of modules only while it waits.
      compilation.hooks.finishModules.tap({ name }, (modules) => {
        for (const path of wasmModulesIn(modules)) early.begin(path)
      })

      const finalNames = new FinalNames(compilation)
      let processed: ProcessedOutput | undefined
      // Code is minified by now, and source maps are still part of it.
      compilation.hooks.processAssets.tapPromise(
        { name, stage: PROCESS_ASSETS_STAGE_OPTIMIZE_SIZE + 50 },
        async () => {
          const { processCompilation } = await loading
          processed = await processCompilation(compiler, compilation, options, finalNames, early)
        },
      )
      // Hashes in names become true once all assets are final.
      compilation.hooks.afterProcessAssets.tap({ name, stage: Infinity }, () => {
        if (processed === undefined) return
        finalNames.read()
        embedded = {
          files: finalNames.ofFiles(processed.files),
          report: formatReport(finalNames.ofManifest(processed.manifest)),
        }
      })
    })

    afterEmit.tap({ name }, () => {
      isWritten = true
    })

    // At the very end, for what other plugins do when everything is written.
    done.tapPromise({ name, stage: Infinity }, async ({ compilation }) => {
      if (embedded === undefined || !isWritten) return
      const messages = await checkWrittenFiles(compiler, compilation, embedded.files)
      compilation.errors.push(...messages.map((message) => new compiler.webpack.WebpackError(message)))
      if (messages.length === 0 && embedded.report !== '') logger.info(embedded.report)
    })
  }
}
