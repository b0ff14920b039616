import { copyFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type { Built, Host } from '@wasm-cos/core'
import type { OutputOnDisk } from '@wasm-cos/folder/beside-bundle'
import {
  formatReport,
  loadAhead,
  loadParser,
  type Parser,
  type ResolvedOptions,
  resolveOptions,
  type WasmCosOptions,
} from '@wasm-cos/core/setup'
import type { Bundler } from './bundler.ts'
import { WasmInputs } from './wasm-inputs.ts'
import { addToChunkHash } from './names.ts'
import type { BundlePlugin, OutputOptions, PluginContext } from './rollup-types.ts'
import type { WrittenFiles } from './written-files.ts'

export type { Bundler, BundlePlugin }

/** What the hooks keep of a build, which may have several outputs. */
interface Build {
  inputs: WasmInputs
  written: WrittenFiles[]
  unfinished: OutputOnDisk[]
  warned: Set<string>
  /** Whether a watcher has seen a change since it was written: the next build may change the folder at any time. */
  isOvertaken: boolean
  /** When it began, in milliseconds since 1970. */
  since: number
  /** Its plugins, but for those of one output; undefined where a tool that calls the hooks does not tell them. */
  plugins?: readonly object[] | undefined
}

/**
 * The hashes of the files that outputs share so far, by the folder of the project. All plugins have one map: each
 * environment of Vite may have a plugin of its own.
 */
const sharedIn = new Map<string, Set<string>>()

/**
 * The files of outputs that are left alone, by the folder of the project: in the folder of another output they are no copies. Astro
 * builds there what renders its pages.
 */
const leftAloneIn = new Map<string, Set<string>>()

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
  let loading: Promise<typeof import('./output.ts')> | undefined
  const builds = new WeakMap<object, Build>()
  // By output: several may be generated at the same time. All hooks of an output get the same object.
  const outputs = new WeakMap<OutputOptions, { host: Host; built: Built }>()

  const buildOf = (context: PluginContext): Build => {
    const { build: key } = bundlerOf(context)
    const build = builds.get(key) ?? {
      inputs: new WasmInputs(),
      written: [],
      unfinished: [],
      warned: new Set(),
      isOvertaken: false,
      since: Date.now(),
    }
    builds.set(key, build)
    return build
  }

  const keepsAssets = (context: PluginContext, output: OutputOptions): boolean => {
    const { plugins } = buildOf(context)
    if (plugins === undefined || output.plugins === undefined) return false
    return bundlerOf(context).keepsAssets?.([...plugins, ...output.plugins]) === true
  }

  /** Looks at what is on disk, and edits what other plugins have copied there. */
  const close = async (context: PluginContext, { unfinished, written }: Build): Promise<void> => {
    await failOnChangedFiles(context, written.splice(0))
    if (unfinished.length === 0) return
    const { finishLater, root } = bundlerOf(context)
    const leftAlone = [...(leftAloneIn.get(root()) ?? [])]
    const outputs = unfinished.splice(0).map((output): OutputOnDisk => ({
      ...output,
      emitted: new Set([...output.emitted, ...leftAlone.flatMap((path) => nameIn(output.folder, path))]),
    }))
    if (finishLater === undefined) await finish(outputs, options)
    else finishLater((folder) => finish(outputs, options, folder))
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
      loading ??= loadAhead(() => import('./output.ts'))
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
        const { buildOutput, choiceWarnings, hostOf, sayWarnings } = await loading!
        const { inputs, warned } = buildOf(this)
        const moduleIds = [...this.getModuleIds()]
        const modules = inputs.modulesOf(moduleIds)
        const foreseen = new Set(inputs.hashesOf(moduleIds))
        const root = bundlerOf(this).root()
        const shared = sharedIn.get(root) ?? new Set<string>()
        sharedIn.set(root, shared)
        const host = hostOf(this, output, bundle, {
          bundler: bundlerOf(this),
          keepsAssets: keepsAssets(this, output),
          modules,
          foreseen,
          shared,
          warned,
        })
        const built = await buildOutput(host, options, await parserOf(this))
        if (built === undefined) return
        if (!isWritten) {
          const besides = Object.values(bundle).flatMap((file) =>
            file.type === 'asset' && file.fileName.endsWith('.wasm')
              ? [{ fileName: file.fileName, size: file.source.length }]
              : [],
          )
          sayWarnings(host, options, [...built.later, ...choiceWarnings([built.choice], options, besides)])
        }
        outputs.set(output, { host, built })
        for (const { hash } of built.files) shared.add(hash.value)
      },
    },

    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(output, bundle) {
        const build = buildOf(this)
        build.isOvertaken = false
        const known = outputs.get(output)
        const folder = resolve(
          output.dir ?? (output.file === undefined ? defaultFolder : dirname(output.file)),
        )
        if (known === undefined) {
          const root = bundlerOf(this).root()
          const leftAlone = leftAloneIn.get(root) ?? new Set<string>()
          leftAloneIn.set(root, leftAlone)
          for (const fileName of Object.keys(bundle)) leftAlone.add(join(folder, fileName))
          return
        }
        outputs.delete(output)
        const { files, manifest } = known.built
        const { WrittenFiles } = await loading!
        const onDisk = new WrittenFiles(
          folder,
          files,
          keepsAssets(this, output) ? Object.values(bundle).map(({ fileName }) => fileName) : [],
        )
        await failOnChangedFiles(this, [onDisk])
        const { since, unfinished, written } = build
        for (const earlier of written) earlier.forgetReplaced(onDisk)
        written.push(onDisk)
        unfinished.push({
          ...known,
          folder,
          since,
          emitted: new Set(Object.keys(bundle)),
          publicFolder: bundlerOf(this).publicFolder?.(),
          isPrinted: true,
        })
        // Scripts that are copied may name what none of the bundle does.
        const loaded = manifest.files.filter(({ chunks, isNamed }) => chunks.length > 0 && isNamed !== false)
        if (loaded.length > 0) known.host.print(formatReport({ ...manifest, files: loaded }))
      },
    },

    // At the very end, for what other plugins change and copy when everything is written.
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const build = buildOf(this)
        try {
          await close(this, build)
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

/** The name of a file in a folder, if it is there. */
function nameIn(folder: string, path: string): string[] {
  const name = relative(folder, path)
  return isAbsolute(name) || name.startsWith('..') ? [] : [name.replaceAll('\\', '/')]
}

/** Where Rolldown writes an output that says nothing of it. Rollup wants to be told. */
const defaultFolder = 'dist'

/** @param copied Where a framework has copied the outputs, if it has. */
async function finish(outputs: OutputOnDisk[], options: ResolvedOptions, copied?: string): Promise<void> {
  const { finishOutputs } = await import('@wasm-cos/folder/beside-bundle')
  if (copied === undefined) return finishOutputs(outputs, options)
  const { manifest } = options
  if (manifest !== undefined) {
    for (const { folder } of outputs) await copyFile(join(folder, manifest), join(copied, manifest))
  }
  await finishOutputs(
    outputs.map((output) => ({ ...output, folder: copied })),
    options,
  )
}

/** Rolldown's own parser, or another one of the same kind. */
async function parserOf(context: PluginContext): Promise<Parser> {
  return 'rolldownVersion' in context.meta ? (context.parse as Parser) : loadParser()
}

async function failOnChangedFiles(context: PluginContext, outputs: WrittenFiles[]): Promise<void> {
  for (const output of outputs) {
    const messages = await output.check()
    if (messages.length > 0) context.error(messages.join('\n'))
  }
}
