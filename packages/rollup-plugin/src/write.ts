import type { OutputChanges } from '@wasm-cos/core'
import type { OutputAsset, OutputBundle, OutputChunk, PluginContext } from './rollup-types.ts'

/** Makes changes to a bundle. An asset with a new name is emitted again. */
export function changeBundle(
  context: PluginContext,
  bundle: OutputBundle,
  { contents, fileNames }: OutputChanges,
): void {
  for (const [key, file] of Object.entries(bundle)) {
    const content = contents.get(file.fileName)
    if (content !== undefined) setContent(file, content)
    const fileName = fileNames.get(file.fileName)
    if (fileName === undefined || file.type !== 'asset') continue
    delete bundle[key]
    context.emitFile({ type: 'asset', fileName, source: file.source })
  }
}

function setContent(file: OutputAsset | OutputChunk, content: string | Uint8Array): void {
  if (file.type === 'asset') file.source = content
  else file.code = content.toString()
}
