import { dirname } from 'node:path'
import type { ProcessedOutput } from '@wasm-cos/core'
import {
  formatReport,
  loadAhead,
  loadParser,
  type Parser,
  type ResolvedOptions,
  resolveOptions,
  type WasmCosOptions,
} from '@wasm-cos/core/setup'
import type { BundleHost } from './bundle-host.ts'
import { KnownFiles } from './known-files.ts'
import type { BundlePlugin, OutputOptions, PluginContext, RenderedChunk } from './rollup-like.ts'
import { WrittenFiles } from './written-files.ts'

export type { BundleHost, BundlePlugin }

/** What is kept of a build, which may have several outputs. */
interface Build {
  known: KnownFiles
  written: WrittenFiles[]
}

/**
 * The plugin for Rollup, Rolldown and Vite.
 *
 * @param hostOf Makes the host from the context of a hook: builds that run at the same time may share the plugin.
 */
export function createBundlePlugin(
  userOptions: WasmCosOptions | undefined,
  hostOf: (context: PluginContext) => BundleHost,
): BundlePlugin {
  let options: ResolvedOptions
  let loading: Promise<typeof import('./process-bundle.ts')> | undefined
  const builds = new WeakMap<object, Build>()
  // By output: several may be generated at the same time. All hooks of an output get the same object.
  const processed = new WeakMap<OutputOptions, ProcessedOutput>()

  const buildOf = (context: PluginContext): Build => {
    const { build: key } = hostOf(context)
    const build = builds.get(key) ?? { known: new KnownFiles(), written: [] }
    builds.set(key, build)
    return build
  }

  return {
    name: 'wasm-cos',

    buildStart() {
      try {
        options = resolveOptions(userOptions)
      } catch (error) {
        this.error(error as Error)
      }
      // While the bundler is busy with modules.
      loading ??= loadAhead(() => import('./process-bundle.ts'))
      void loadAhead(() => parserOf(this))
    },

    load: {
      order: 'pre',
      filter: { id: /\.wasm(\?|$)/ },
      handler(id) {
        buildOf(this).known.begin(id)
        return null
      },
    },

    // Not renderStart, for which Rolldown 1.0 does not wait.
    async buildEnd(error) {
      if (error !== undefined) return
      await buildOf(this).known.read(this.getModuleIds(), hostOf(this))
    },

    // The names of chunks are fixed before their code is edited, so what will be injected has to count beforehand.
    augmentChunkHash(chunk) {
      return mayLoadWasm(chunk) ? buildOf(this).known.fingerprint(this.getModuleIds(), options) : undefined
    },

    // After every plugin that emits or changes wasm, and after the minifier.
    generateBundle: {
      order: 'post',
      async handler(output, bundle) {
        const { processBundle } = await loading!
        const parser = await parserOf(this)
        const { known } = buildOf(this)
        const modules = known.modulesOf(this.getModuleIds())
        const result = await processBundle(this, output, bundle, {
          host: hostOf(this),
          options,
          parser,
          modules,
        })
        if (result !== undefined) processed.set(output, result)
      },
    },

    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(output) {
        const result = processed.get(output)
        if (result === undefined) return
        processed.delete(output)
        const { files, manifest } = result
        const folder = output.dir ?? dirname(output.file!)
        const onDisk = new WrittenFiles(folder, files)
        await failOnChangedFiles(this, [onDisk])
        const { written } = buildOf(this)
        for (const earlier of written) earlier.forgetReplaced(onDisk)
        written.push(onDisk)
        if (files.length > 0) hostOf(this).print(formatReport(manifest))
      },
    },

    // Once more at the very end, for what other plugins do when everything is written.
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await failOnChangedFiles(this, buildOf(this).written.splice(0))
      },
    },
  }
}

/** Rolldown's own parser, or another one of the same kind. */
async function parserOf(context: PluginContext): Promise<Parser> {
  return 'rolldownVersion' in context.meta ? (context.parse as Parser) : loadParser()
}

/**
 * Whether a chunk may get something injected, as far as that is known before its name is; or the new name of a worker,
 * into which something may be.
 */
function mayLoadWasm({ modules }: RenderedChunk): boolean {
  return Object.entries(modules).some(
    ([id, { code }]) =>
      /\.wasm(\?|$)|[?&](shared)?worker\b/.test(id) || /WebAssembly|\.wasm|\bWorker\b/.test(code ?? ''),
  )
}

async function failOnChangedFiles(context: PluginContext, outputs: WrittenFiles[]): Promise<void> {
  for (const output of outputs) {
    const messages = await output.check()
    if (messages.length > 0) context.error(messages.join('\n'))
  }
}
