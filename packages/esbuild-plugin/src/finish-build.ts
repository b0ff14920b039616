import type { Built } from '@wasm-cos/core'
import type { ResolvedOptions } from '@wasm-cos/core/setup'
import type { BuildResult, OnEndResult, PluginBuild } from 'esbuild'
import type { EsbuildHost } from './host.ts'
import type { OutputFolder } from './output-folder.ts'
import { toMessages, warnAtEnd } from './warnings.ts'

/** A build whose output was edited without errors. */
interface EditedBuild {
  host: EsbuildHost
  built: Built
  /** The names of its files. */
  emitted: Set<string>
  /** When it began, in milliseconds since 1970. */
  since: number
}

/**
 * Ends a build once every plugin had its turn: compares the wasm files with what was written, and edits what was copied beside
 * the bundle where the output is on disk.
 */
export async function finishBuild(
  build: PluginBuild,
  result: BuildResult,
  folder: OutputFolder,
  { host, built, emitted, since }: EditedBuild,
  options: ResolvedOptions,
): Promise<OnEndResult> {
  const { compareWritten, finishInMemory, writtenOutput } = await import('./output.ts')
  const messages = await compareWritten(writtenOutput(built.files, result.outputFiles, folder))
  if (messages.length > 0) return { errors: toMessages(messages) }
  const isOnDisk = result.outputFiles === undefined && !emitted.has('<stdout>')
  if (isOnDisk) {
    const { finishOutputs } = await import('@wasm-cos/folder/beside-bundle')
    await finishOutputs([{ folder: folder.path, since, emitted, host, built }], options)
  } else {
    finishInMemory(host, built, options)
  }
  await warnAtEnd(build, result, toMessages(host.warnings.splice(0)))
  return { errors: toMessages(host.errors.splice(0)) }
}
