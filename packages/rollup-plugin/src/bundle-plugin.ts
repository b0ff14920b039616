import { createHash } from 'node:crypto'
import { dirname, relative } from 'node:path'
import {
  formatReport,
  type HashedFile,
  type HashPosition,
  type Manifest,
  type ProcessedOutput,
  measureFiles,
  measureSources,
  processOutput,
  type ResolvedOptions,
  type ReadSourceFile,
  resolveOptions,
  type SourceFile,
  stubFingerprint,
  type WasmCosOptions,
  type WasmFile,
} from '@wasm-cos/core'
import { editBundle, readBundle, readWasmModules } from './bundle.ts'
import { updateDerivedFiles } from './derived-files.ts'
import { moveAssets, nameAssetsAnew } from './renamed-assets.ts'
import type {
  BundlePlugin,
  OutputBundle,
  OutputOptions,
  PluginContext,
  RenderedChunk,
} from './rollup-like.ts'
import { WrittenFiles } from './written-files.ts'

export type { BundlePlugin }

/** What the bundlers with Rollup's hooks do differently. */
export interface BundleHost {
  /** The folder that relative names of original files start from. */
  root: () => string
  /** Why an output is none of ours ("builds for a server"), if so. */
  reasonToSkip: (context: PluginContext, output: OutputOptions) => string | undefined
  /** Where the output is served from, if the build says so with an absolute URL. */
  publicUrl: () => string | undefined
  /** Wasm files that ship beside the bundle. */
  filesBeside: () => Promise<WasmFile[]>
  /** Where the name of an emitted script that is no chunk carries a hash of its content. */
  hashPositionOf: (fileName: string) => HashPosition | undefined
  /** Shows the table at the end of the build. */
  print: (context: PluginContext, report: string) => void
}

/** The plugin for Rollup, Rolldown and Vite. */
export function createBundlePlugin(userOptions: WasmCosOptions | undefined, host: BundleHost): BundlePlugin {
  let options: ResolvedOptions
  let modules: ReadSourceFile[] = []
  /** The modules, and files that ship beside the bundle: all that was hashed before there was any output. */
  let known: ReadSourceFile[] = []
  let fingerprint = ''
  // By output: several may be generated at the same time.
  const processed = new Map<string, ProcessedOutput>()
  const written: WrittenFiles[] = []

  return {
    name: 'wasm-cos',

    buildStart() {
      written.length = 0
      try {
        options = resolveOptions(userOptions)
      } catch (error) {
        this.error(error as Error)
      }
    },

    async renderStart() {
      modules = await measureSources(await readWasmModules(this.getModuleIds()))
      const beside = (await host.filesBeside()).flatMap(({ sources }) => sources)
      known = [...modules, ...(await measureSources(beside))]
      const hashes = known.map(({ hash }) => hash.value)
      fingerprint = createHash('sha256')
        .update([stubFingerprint(options), ...hashes].join())
        .digest('hex')
    },

    // The names of chunks are fixed before their code is edited, so what will be injected has to count beforehand.
    augmentChunkHash(chunk) {
      return mayLoadWasm(chunk) ? fingerprint : undefined
    },

    // After every plugin that emits or changes wasm, and after the minifier.
    generateBundle: {
      order: 'post',
      async handler(output, bundle) {
        const result = await processBundle(this, output, bundle)
        if (result !== undefined) processed.set(keyOf(output), result)
      },
    },

    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(output) {
        const result = processed.get(keyOf(output))
        if (result === undefined) return
        processed.delete(keyOf(output))
        const { files, manifest } = result
        const folder = output.dir ?? dirname(output.file!)
        const onDisk = new WrittenFiles(folder, files)
        await failOnChangedFiles(this, [onDisk])
        written.push(onDisk)
        if (files.length > 0) host.print(this, formatReport(manifest))
      },
    },

    // Once more at the very end, for what other plugins do when everything is written.
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await failOnChangedFiles(this, written.splice(0))
      },
    },
  }

  async function processBundle(
    context: PluginContext,
    output: OutputOptions,
    bundle: OutputBundle,
  ): Promise<ProcessedOutput | undefined> {
    const emitted = await readBundle(bundle, output, host.root(), modules)
    const files = await measureFiles([...emitted, ...(await host.filesBeside())], known)
    const publicUrl = host.publicUrl()
    const reason = host.reasonToSkip(context, output)
    const result = processOutput(files, {
      options,
      injects: reason === undefined,
      sourceName: (path) => relative(host.root(), path).replaceAll('\\', '/'),
      ...(publicUrl !== undefined && { publicUrl }),
    })
    const messages =
      reason === undefined
        ? result.warnings.map(({ message }) => message)
        : skipped(result.files, modules, reason)
    if (options.strict && messages.length > 0) context.error(messages.join('\n'))
    for (const message of messages) context.warn(message)
    const before = editBundle(bundle, result.edits)
    const renaming = nameAssetsAnew(bundle, before, host.hashPositionOf)
    updateDerivedFiles(bundle, before)
    moveAssets(context, bundle, renaming)
    if (reason !== undefined) return undefined
    const manifest = JSON.parse(renaming.renameIn(JSON.stringify(result.manifest))) as Manifest
    if (options.manifest !== undefined) {
      const source = `${JSON.stringify(manifest, undefined, 2)}\n`
      context.emitFile({ type: 'asset', fileName: options.manifest, source })
    }
    return { ...result, manifest }
  }
}

/** One warning for an output that is left alone although it holds wasm; a server build may import it without emitting it. */
function skipped(files: HashedFile[], modules: SourceFile[], reason: string): string[] {
  const names = files.length > 0 ? files.map(({ fileName }) => fileName) : modules.map(({ path }) => path)
  if (names.length === 0) return []
  return [`${names.join(', ')}: not shared through Cross-Origin Storage, because this output ${reason}.`]
}

function keyOf({ dir, file, format }: OutputOptions): string {
  return JSON.stringify([dir, file, format])
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
