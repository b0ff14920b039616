import { join } from 'node:path'
import type { Built, Host } from '@wasm-cos/core'
import type { ResolvedOptions } from '@wasm-cos/core/setup'
import { assetNamesOf } from './asset-names.ts'
import { isForNextBrowser } from './next.ts'
import type { Compilation, Compiler } from './webpack-types.ts'
import { folderOnDisk, writtenOutput } from './written-files.ts'

/**
 * Ends a build once every plugin had its turn: compares the wasm files with what was written, and edits what was copied beside
 * the bundle where the output is on disk.
 */
export async function finishBuild(
  compiler: Compiler,
  compilation: Compilation,
  { host, built, since }: { host: Host; built: Built; since: number },
  options: ResolvedOptions,
): Promise<void> {
  const { compareWritten, finishInMemory } = await import('./output.ts')
  const messages = await compareWritten(writtenOutput(compiler, compilation, built.files))
  host.fail(messages)
  if (messages.length > 0) return
  const folder = await folderOnDisk(compiler, compilation)
  if (folder === undefined) {
    finishInMemory(host, built, options)
    return
  }
  const emitted = new Set(assetNamesOf(compilation).keys())
  const { finishOutputs, nextPublicFolder } = await import('@wasm-cos/folder/beside-bundle')
  const publicFolder = isForNextBrowser(compiler)
    ? nextPublicFolder(join(compiler.context, 'public'))
    : undefined
  await finishOutputs([{ folder, since, emitted, host, built, publicFolder }], options)
}
