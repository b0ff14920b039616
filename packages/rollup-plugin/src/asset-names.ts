import { hashFinder, type HashPosition } from '@wasm-cos/core'
import type { OutputAsset, OutputOptions } from './rollup-types.ts'

/**
 * Where the name of an asset carries a hash of its content, by the template it was made of. An asset that was emitted
 * under a file name of its own keeps that.
 */
export function hashPositionOfAsset(
  asset: OutputAsset,
  { assetFileNames }: OutputOptions,
): HashPosition | undefined {
  if ((asset.names ?? []).length === 0) return undefined
  const template = typeof assetFileNames === 'function' ? assetFileNames(asset as never) : assetFileNames
  return template === undefined ? undefined : hashFinder(template, String.raw`[\w-]`, 8)?.(asset.fileName)
}
