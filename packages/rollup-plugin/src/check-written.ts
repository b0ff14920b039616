import { formatReport } from '@wasm-cos/core/setup'
import { type Build, type EditedOutput, keepsAssets } from './build.ts'
import type { Bundler } from './bundler.ts'
import { failOnChangedFiles } from './fail-on-changed-files.ts'
import { writtenFolderOf } from './written-folder.ts'
import type { OutputBundle, OutputOptions, PluginContext } from './rollup-types.ts'

/**
 * Checks the wasm files of an output that was just written, in `writeBundle`, keeps the output for the end of the build, and
 * prints what its scripts load.
 */
export async function checkWritten(
  context: PluginContext,
  output: OutputOptions,
  bundle: OutputBundle,
  { bundler, build, edited }: { bundler: Bundler; build: Build; edited: EditedOutput },
): Promise<void> {
  const { WrittenFiles } = await import('./output.ts')
  const { files, manifest } = edited.built
  const folder = writtenFolderOf(output)
  const onDisk = new WrittenFiles(
    folder,
    files,
    keepsAssets(build, bundler, output) ? Object.values(bundle).map(({ fileName }) => fileName) : [],
  )
  await failOnChangedFiles(context, [onDisk])
  const { since, unfinished, written } = build
  for (const earlier of written) earlier.forgetReplaced(onDisk)
  written.push(onDisk)
  unfinished.push({
    ...edited,
    folder,
    since,
    emitted: new Set(Object.keys(bundle)),
    publicFolder: bundler.publicFolder?.(),
    isPrinted: true,
  })
  // Scripts that are copied may name what none of the bundle does.
  const loaded = manifest.files.filter(({ chunks, isNamed }) => chunks.length > 0 && isNamed !== false)
  if (loaded.length > 0) edited.host.print(formatReport({ ...manifest, files: loaded }))
}
