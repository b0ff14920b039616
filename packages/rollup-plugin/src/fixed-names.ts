import type { FixedNames } from '@wasm-cos/core'
import { hashPositionOfAsset } from './asset-names.ts'
import type { BundleFiles, OutputAsset, OutputChunk, OutputOptions } from './rollup-types.ts'

/**
 * The names of chunks: they were made before `generateBundle`, of what names.ts had foreseen of the wasm by then. Another
 * plugin can have emitted more.
 *
 * @param foreseen The hashes that the names of chunks depend on.
 */
export function fixedNamesOf(
  bundle: BundleFiles,
  output: OutputOptions,
  foreseen: ReadonlySet<string>,
): FixedNames {
  return {
    ignore(scriptName, wasm) {
      if (foreseen.has(wasm.hash.value) || !isNamedByContent(bundle.get(scriptName))) return false
      const asset = bundle.get(wasm.fileName)
      return asset?.type === 'asset' && !hashPositionOfAsset(asset, output)
    },
    advice: "Give such files a hash in their names ('assetFileNames')",
  }
}

/** The placeholder for the hash in the name of a chunk until the hash is known. */
const placeholder = /!~\{\w+\}~/g

/** Whether a chunk has a name with a hash, and no plugin has given it another. */
function isNamedByContent(file: OutputAsset | OutputChunk | undefined): boolean {
  if (file?.type !== 'chunk') return false
  const [head, ...tails] = file.preliminaryFileName.split(placeholder)
  return tails.length > 0 && file.fileName.startsWith(head!) && file.fileName.endsWith(tails.at(-1)!)
}
