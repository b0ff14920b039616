import type { Built, Host } from '@wasm-cos/core'
import {
  EarlySources,
  loadAhead,
  type ResolvedOptions,
  resolveOptions,
  stayingInWords,
  type WasmCosOptions,
} from '@wasm-cos/core/setup'
import { addExplicitImports } from './explicit-import.ts'
import { FinalNames } from './final-names.ts'
import { finishBuild } from './finish-build.ts'
import { addToChunkHashes } from './names.ts'
import { developmentNotice } from './reason-to-skip.ts'
import { rememberProject } from './server-half.ts'
import { StayingAssets } from './staying-assets.ts'
import type { Compiler } from './webpack-types.ts'
import { wasmModulesIn } from './wasm-sources.ts'

export type { WasmCosOptions }

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

const name = 'wasm-cos'

const notThisBundler =
  'This is the plugin for webpack 5 and Rspack, and something else runs it. ' +
  "Use the bundler's own: @wasm-cos/vite-plugin, @wasm-cos/rollup-plugin, @wasm-cos/esbuild-plugin, or the entry of its " +
  "name in unplugin-wasm-cos ('unplugin-wasm-cos/farm')."

/** The plugin for webpack and Rspack, as a class. */
export class WasmCosPlugin {
  readonly #options: WasmCosOptions | undefined

  /** @param options See {@link WasmCosOptions}; bad ones are errors of the compilation. */
  constructor(options?: WasmCosOptions) {
    this.#options = options
  }

  /**
   * A hook of Rollup, Rolldown and Vite, which without it would take this for a plugin that does nothing.
   *
   * @throws {Error} In any case: it names the plugin to use.
   */
  buildStart(): never {
    throw new Error(notThisBundler)
  }

  /** Adds the plugin to a compiler; webpack and Rspack call it. */
  apply(compiler: Compiler): void {
    if ((compiler as Partial<Compiler>).webpack === undefined) throw new Error(notThisBundler)
    addExplicitImports(compiler)
    rememberProject(compiler)
    const { afterEmit, beforeRun, done, thisCompilation } = compiler.hooks
    let options: ResolvedOptions
    try {
      options = resolveOptions(this.#options)
    } catch (error) {
      thisCompilation.tap({ name }, ({ errors }) => void errors.push(error as Error))
      return
    }

    let isNoticed = false
    /** The last compilation, until it has been compared with what was written. */
    let last: { host: Host; built: Built } | undefined
    let isWritten = false
    let since = Date.now()

    // Before other plugins copy anything.
    beforeRun.tap({ name, stage: -Infinity }, () => {
      since = Date.now()
    })

    thisCompilation.tap({ name }, (compilation) => {
      last = undefined
      isWritten = false
      const notice = developmentNotice(compiler)
      if (notice !== undefined) {
        if (!isNoticed) compiler.getInfrastructureLogger(name).info(notice)
        isNoticed = true
        return
      }
      // The parser and what else works on output, while the bundler is busy with modules.
      const loading = loadAhead(() => import('./output.ts'))
      const { finishModules, processAssets, afterProcessAssets } = compilation.hooks

      const early = new EarlySources()
      // Rspack gives the names of modules only while it waits.
      finishModules.tap({ name }, (modules) => {
        for (const path of wasmModulesIn(modules)) early.begin(path)
      })

      addToChunkHashes(compiler, compilation, options)

      const finalNames = new FinalNames(compilation)
      const { realContentHash } = compiler.options.optimization ?? {}
      const staying = realContentHash ? new StayingAssets(compilation) : undefined
      let processed: { host: Host; built: Built } | undefined
      // Code is minified by now, and source maps are still part of it.
      const stage = compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_SIZE + 50
      processAssets.tapPromise({ name, stage }, async () => {
        const { buildOutput, hostOf, parser } = await loading
        const host = hostOf(compiler, compilation, { early, staying }, options)
        const built = await buildOutput(host, options, parser)
        if (built === undefined) return
        finalNames.follow(built.manifest)
        processed = { host, built }
      })

      const { PROCESS_ASSETS_STAGE_OPTIMIZE_HASH, PROCESS_ASSETS_STAGE_REPORT } = compiler.webpack.Compilation
      processAssets.tap({ name, stage: PROCESS_ASSETS_STAGE_OPTIMIZE_HASH + 50 }, () => {
        if (processed === undefined) return
        finalNames.read()
        staying?.hide()
      })

      processAssets.tap({ name, stage: PROCESS_ASSETS_STAGE_REPORT }, () => {
        const names = staying?.show() ?? []
        if (names.length > 0) processed!.host.print(stayingInWords(names))
      })

      afterProcessAssets.tap({ name, stage: Infinity }, () => {
        if (processed === undefined) return
        const { host, built } = processed
        finalNames.read()
        const files = finalNames.ofFiles(built.files)
        last = { host, built: { ...built, files, manifest: finalNames.ofManifest(built.manifest) } }
      })
    })

    afterEmit.tap({ name }, () => {
      isWritten = true
    })

    // At the very end, for what other plugins do when everything is written.
    done.tapPromise({ name, stage: Infinity }, async ({ compilation }) => {
      if (last === undefined || !isWritten) return
      await finishBuild(compiler, compilation, { ...last, since }, options)
    })
  }
}
