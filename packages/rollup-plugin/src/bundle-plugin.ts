import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import {
  formatReport,
  measureSources,
  type ProcessedOutput,
  type ReadSourceFile,
  type ResolvedOptions,
  resolveOptions,
  stubFingerprint,
  type WasmCosOptions,
} from '@wasm-cos/core'
import { readWasmModules } from './bundle.ts'
import type { BundleHost } from './bundle-host.ts'
import { processBundle } from './process-bundle.ts'
import type { BundlePlugin, OutputOptions, PluginContext, RenderedChunk } from './rollup-like.ts'
import { WrittenFiles } from './written-files.ts'

export type { BundlePlugin }

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
        const result = await processBundle(this, output, bundle, { host, options, modules, known })
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
