import { copyFile } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import type { ResolvedOptions } from '@wasm-cos/core/setup'
import type { OutputOnDisk } from '@wasm-cos/folder/beside-bundle'
import type { Build } from './build.ts'
import type { Bundler } from './bundler.ts'
import { failOnChangedFiles } from './fail-on-changed-files.ts'
import { outputsOf } from './project-outputs.ts'
import type { PluginContext } from './rollup-types.ts'

/** Looks at the outputs of a build on disk, in `closeBundle`, and edits what other plugins have copied there. */
export async function finishBuild(
  context: PluginContext,
  { finishLater, root }: Bundler,
  { unfinished, written }: Build,
  options: ResolvedOptions,
): Promise<void> {
  await failOnChangedFiles(context, written.splice(0))
  if (unfinished.length === 0) return
  const leftAlone = [...outputsOf(root()).leftAlone]
  const outputs = unfinished.splice(0).map((output): OutputOnDisk => ({
    ...output,
    emitted: new Set([...output.emitted, ...leftAlone.flatMap((path) => nameIn(output.folder, path))]),
  }))
  if (finishLater === undefined) await finish(outputs, options)
  else finishLater((folder) => finish(outputs, options, folder))
}

/** The name of a file in a folder, if it is there. */
function nameIn(folder: string, path: string): string[] {
  const name = relative(folder, path)
  return isAbsolute(name) || name.startsWith('..') ? [] : [name.replaceAll('\\', '/')]
}

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
