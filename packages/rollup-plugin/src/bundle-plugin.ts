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

export type { BundleHost, BundlePlugin }

/** What is kept of a build, which may have several outputs. */
interface Build {
  fingerprint: string
  written: WrittenFiles[]
}

/** What was hashed before there was any output. */
interface Sources {
  modules: ReadSourceFile[]
  /** The modules, and files that ship beside the bundle. */
  known: ReadSourceFile[]
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
  const builds = new WeakMap<object, Build>()
  // By output: several may be generated at the same time. All hooks of an output get the same object.
  const sources = new WeakMap<OutputOptions, Promise<Sources>>()
  const processed = new WeakMap<OutputOptions, ProcessedOutput>()

  const buildOf = (context: PluginContext): Build => {
    const { build: key } = hostOf(context)
    const build = builds.get(key) ?? { fingerprint: '', written: [] }
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
    },

    async renderStart(output) {
      const build = buildOf(this)
      const reading = readSources(this.getModuleIds(), hostOf(this)).then((read) => {
        build.fingerprint = fingerprintOf(options, read.known)
        return read
      })
      sources.set(output, reading)
      await reading
    },

    // Rolldown 1.0 does not wait for renderStart.
    async renderChunk(_code, _chunk, output) {
      await sources.get(output)
      return null
    },

    // The names of chunks are fixed before their code is edited, so what will be injected has to count beforehand.
    augmentChunkHash(chunk) {
      return mayLoadWasm(chunk) ? buildOf(this).fingerprint : undefined
    },

    // After every plugin that emits or changes wasm, and after the minifier.
    generateBundle: {
      order: 'post',
      async handler(output, bundle) {
        const build = { host: hostOf(this), options, ...(await sources.get(output)!) }
        const result = await processBundle(this, output, bundle, build)
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

async function readSources(moduleIds: Iterable<string>, host: BundleHost): Promise<Sources> {
  const modules = await measureSources(await readWasmModules(moduleIds))
  const beside = (await host.filesBeside()).flatMap(({ sources }) => sources)
  return { modules, known: [...modules, ...(await measureSources(beside))] }
}

function fingerprintOf(options: ResolvedOptions, files: ReadSourceFile[]): string {
  const hashes = files.map(({ hash }) => hash.value)
  return createHash('sha256')
    .update([stubFingerprint(options), ...hashes].join())
    .digest('hex')
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
