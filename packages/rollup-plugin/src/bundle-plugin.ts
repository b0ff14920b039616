import { join } from 'node:path'
import { loadAhead, type ResolvedOptions, resolveOptions, type WasmCosOptions } from '@wasm-cos/core/setup'
import { type Build, type EditedOutput, newBuild } from './build.ts'
import type { Bundler } from './bundler.ts'
import { checkWritten } from './check-written.ts'
import { editBundle } from './edit-bundle.ts'
import { finishBuild } from './finish-build.ts'
import { addToChunkHash } from './names.ts'
import { writtenFolderOf } from './written-folder.ts'
import { parserOf } from './parser.ts'
import { outputsOf } from './project-outputs.ts'
import type { BundlePlugin, OutputOptions, PluginContext } from './rollup-types.ts'

export type { Bundler, BundlePlugin }

/**
 * The hooks for Rollup, Rolldown and Vite, in the order in which these call them.
 *
 * @param bundlerOf Says which bundler it is, from the context of a hook: builds that run at the same time may share the
 * plugin.
 */
export function createBundlePlugin(
  userOptions: WasmCosOptions | undefined,
  bundlerOf: (context: PluginContext) => Bundler,
): BundlePlugin {
  let options: ResolvedOptions
  const builds = new WeakMap<object, Build>()
  // By output: several may be generated at the same time. All hooks of an output get the same object.
  const outputs = new WeakMap<OutputOptions, EditedOutput>()

  const buildOf = (context: PluginContext): Build => {
    const { build: key } = bundlerOf(context)
    const build = builds.get(key) ?? newBuild()
    builds.set(key, build)
    return build
  }

  return {
    name: 'wasm-cos',

    buildStart(input) {
      try {
        options = resolveOptions(userOptions)
      } catch (error) {
        this.error(error as Error)
      }
      const build = buildOf(this)
      build.since = bundlerOf(this).since?.() ?? Date.now()
      build.plugins = input?.plugins
      // While the bundler is busy with modules.
      void loadAhead(() => import('./output.ts'))
      void loadAhead(() => parserOf(this))
    },

    load: {
      order: 'pre',
      filter: { id: /\.wasm(\?|$)/ },
      handler(id) {
        buildOf(this).inputs.begin(id)
        return null
      },
    },

    // What is seen here is what the user wrote: Vite's own plugins put other things in the place of such URLs.
    transform: {
      order: 'pre',
      filter: { code: /\.wasm\b/ },
      async handler(code, id) {
        // Rollup has filters since 4.38 only.
        if (/\.wasm\b/.test(code)) await buildOf(this).inputs.beginNamed(code, id, this)
        return null
      },
    },

    watchChange(path) {
      const build = buildOf(this)
      build.inputs.forget(path)
      build.warned.clear()
      build.isOvertaken = true
    },

    // Not renderStart, for which Rolldown 1.0 does not wait.
    async buildEnd(error) {
      if (error !== undefined) return
      await buildOf(this).inputs.read(this.getModuleIds(), bundlerOf(this))
    },

    augmentChunkHash(chunk) {
      // Of this build, for builds that run at the same time may share the plugin. Rolldown makes a list of all modules at each call.
      return addToChunkHash(chunk, buildOf(this).inputs, () => this.getModuleIds(), options)
    },

    // After every plugin that emits or changes wasm, and after the minifier.
    generateBundle: {
      order: 'post',
      async handler(output, bundle, isWritten) {
        const [bundler, build] = [bundlerOf(this), buildOf(this)]
        const edited = await editBundle(this, output, bundle, { bundler, build, options, isWritten })
        if (edited !== undefined) outputs.set(output, edited)
      },
    },

    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(output, bundle) {
        const [bundler, build] = [bundlerOf(this), buildOf(this)]
        build.isOvertaken = false
        const edited = outputs.get(output)
        if (edited === undefined) {
          const { leftAlone } = outputsOf(bundler.root())
          for (const fileName of Object.keys(bundle)) leftAlone.add(join(writtenFolderOf(output), fileName))
          return
        }
        outputs.delete(output)
        await checkWritten(this, output, bundle, { bundler, build, edited })
      },
    },

    // At the very end, for what other plugins change and copy when everything is written.
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const build = buildOf(this)
        try {
          await finishBuild(this, bundlerOf(this), build, options)
        } catch (error) {
          if (!build.isOvertaken) throw error
        } finally {
          // Not when a build starts, which Rolldown does for each output.
          build.warned.clear()
        }
      },
    },
  }
}
