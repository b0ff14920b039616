import type { ResolvedOptions } from '@wasm-cos/core/setup'
import { type Build, type EditedOutput, keepsAssets } from './build.ts'
import type { Bundler } from './bundler.ts'
import { parserOf } from './parser.ts'
import { outputsOf } from './project-outputs.ts'
import type { OutputBundle, OutputOptions, PluginContext } from './rollup-types.ts'

/** What the edit of a bundle depends on besides the bundle. */
interface Settings {
  bundler: Bundler
  build: Build
  options: ResolvedOptions
  /** Whether the bundle is going to be written: what can only be said then is not said before. */
  isWritten: boolean
}

/**
 * Edits the bundle of one output, in `generateBundle`.
 *
 * @returns Undefined for an output that does not take part.
 */
export async function editBundle(
  context: PluginContext,
  output: OutputOptions,
  bundle: OutputBundle,
  { bundler, build, options, isWritten }: Settings,
): Promise<EditedOutput | undefined> {
  const { buildOutput, choiceWarnings, hostOf, sayWarnings } = await import('./output.ts')
  const { inputs, warned } = build
  const moduleIds = [...context.getModuleIds()]
  const { shared } = outputsOf(bundler.root())
  const host = hostOf(context, output, bundle, {
    bundler,
    keepsAssets: keepsAssets(build, bundler, output),
    modules: inputs.modulesOf(moduleIds),
    foreseen: new Set(inputs.hashesOf(moduleIds)),
    shared,
    warned,
  })
  const built = await buildOutput(host, options, await parserOf(context))
  if (built === undefined) return undefined
  if (!isWritten) {
    const besides = Object.values(bundle).flatMap((file) =>
      file.type === 'asset' && file.fileName.endsWith('.wasm')
        ? [{ fileName: file.fileName, size: file.source.length }]
        : [],
    )
    sayWarnings(host, options, [...built.later, ...choiceWarnings([built.choice], options, besides)])
  }
  for (const { hash } of built.files) shared.add(hash.value)
  return { host, built }
}
