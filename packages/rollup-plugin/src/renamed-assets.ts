import { type HashPosition, renameEdited, type Renaming } from '@wasm-cos/core'
import { contentOf, setText } from './bundle.ts'
import type { BundleFiles, OutputBundle, PluginContext } from './rollup-like.ts'

/**
 * Finds true names for edited assets that carry a content hash in their name, and writes them where files mention
 * them: what Vite bundles for a worker comes as such an asset. Chunks keep their names, in which everything counts
 * that can change here.
 *
 * @param before The text that each edited file had; those that mention a new name are added.
 * @param hashPositionOf Where the name of an emitted script carries a hash of its content.
 */
export function nameAssetsAnew(
  bundle: BundleFiles,
  before: Map<string, string>,
  hashPositionOf: (fileName: string) => HashPosition | undefined,
): Renaming {
  const hashPositionOfAsset = (fileName: string) =>
    bundle.get(fileName)?.type === 'asset' && /\.[cm]?js$/.test(fileName)
      ? hashPositionOf(fileName)
      : undefined
  const edited = [...before.keys()].filter((fileName) => hashPositionOfAsset(fileName) !== undefined)
  if (edited.length === 0) return { fileNames: new Map(), texts: new Map(), renameIn: String }

  const files = [...bundle.values()].map((file) => ({
    fileName: file.fileName,
    text: isText(file.fileName) ? contentOf(file).toString() : '',
  }))
  const renaming = renameEdited(files, edited, hashPositionOfAsset)
  for (const [fileName, text] of renaming.texts) {
    const file = bundle.get(fileName)!
    if (!before.has(fileName)) before.set(fileName, contentOf(file).toString())
    setText(file, text)
  }
  return renaming
}

/** Emits assets again under their new names. */
export function moveAssets(context: PluginContext, bundle: OutputBundle, { fileNames }: Renaming): void {
  for (const [key, file] of Object.entries(bundle)) {
    const fileName = fileNames.get(file.fileName)
    if (fileName === undefined || file.type !== 'asset') continue
    delete bundle[key]
    context.emitFile({ type: 'asset', fileName, source: file.source })
  }
}

function isText(fileName: string): boolean {
  return /\.([cm]?js|css|html?|json|map|svg|txt|webmanifest|xml)$/.test(fileName)
}
