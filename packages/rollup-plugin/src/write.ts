import type { OutputChanges } from '@wasm-cos/core'
import type { OutputAsset, OutputBundle, OutputChunk, PluginContext } from './rollup-types.ts'

/**
 * Makes changes to a bundle. An asset with a new name is emitted again.
 *
 * @param isNamedElsewhere Whether code that this build has not may name the assets: they stay besides under the names that they had.
 * @returns The names of those that stay.
 */
export function changeBundle(
  context: PluginContext,
  bundle: OutputBundle,
  { contents, fileNames }: OutputChanges,
  isNamedElsewhere: boolean,
): string[] {
  const staying: string[] = []
  for (const [key, file] of Object.entries(bundle)) {
    const content = contents.get(file.fileName)
    const fileName = fileNames.get(file.fileName)
    if (fileName === undefined || file.type !== 'asset') {
      if (content !== undefined) setContent(file, content)
      continue
    }
    if (isNamedElsewhere) staying.push(file.fileName)
    else delete bundle[key]
    context.emitFile({ type: 'asset', fileName, source: content ?? file.source })
  }
  return staying
}

function setContent(file: OutputAsset | OutputChunk, content: string | Uint8Array): void {
  if (file.type === 'asset') file.source = content
  else file.code = content.toString()
}
