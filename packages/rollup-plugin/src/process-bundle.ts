import { relative } from 'node:path'
import {
  type HashedFile,
  type Manifest,
  type MeasuredSourceFile,
  measureFiles,
  type Parser,
  type ProcessedOutput,
  processOutput,
  type ResolvedOptions,
} from '@wasm-cos/core'
import { editBundle, filesOf, readBundle } from './bundle.ts'
import type { BundleHost } from './bundle-host.ts'
import { updateDerivedFiles } from './derived-files.ts'
import { moveAssets, nameAssetsAnew } from './renamed-assets.ts'
import type { OutputBundle, OutputOptions, PluginContext } from './rollup-like.ts'
import { readUnemittedFiles } from './unemitted-files.ts'

/** What a build is known to be before it has output. */
export interface KnownBuild {
  host: BundleHost
  options: ResolvedOptions
  parser: Parser
  /** Its wasm modules. */
  modules: MeasuredSourceFile[]
}

/** Edits a bundle, with all that follows from it; errors and warnings go where the bundler's own are. */
export async function processBundle(
  context: PluginContext,
  output: OutputOptions,
  bundle: OutputBundle,
  { host, options, parser, modules }: KnownBuild,
): Promise<ProcessedOutput | undefined> {
  const emittedFiles = filesOf(bundle)
  const emitted = await readBundle(emittedFiles, output, host.root(), modules)
  const unemitted = await readUnemittedFiles(output.dir, modules, emitted)
  const files = [...emitted, ...unemitted, ...(await measureFiles(await host.filesBeside()))]
  const publicUrl = host.publicUrl()
  const reason = host.reasonToSkip(output)
  const result = processOutput(files, {
    options,
    parser,
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

  const before = editBundle(emittedFiles, result.edits)
  const renaming = nameAssetsAnew(emittedFiles, before, host.hashPositionOf)
  updateDerivedFiles(emittedFiles, before)
  moveAssets(context, bundle, renaming)
  if (reason !== undefined) return undefined
  const manifest = JSON.parse(renaming.renameIn(JSON.stringify(result.manifest))) as Manifest
  if (options.manifest !== undefined) {
    const source = `${JSON.stringify(manifest, undefined, 2)}\n`
    context.emitFile({ type: 'asset', fileName: options.manifest, source })
  }
  return { ...result, manifest }
}

/** One warning for an output that is left alone although it holds wasm; a server build may import it without emitting it. */
function skipped(files: HashedFile[], modules: MeasuredSourceFile[], reason: string): string[] {
  const names = files.length > 0 ? files.map(({ fileName }) => fileName) : modules.map(({ path }) => path)
  if (names.length === 0) return []
  return [`${names.join(', ')}: not shared through Cross-Origin Storage, because this output ${reason}.`]
}
