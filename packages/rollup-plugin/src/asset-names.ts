import { hashFinder, type HashPosition } from '@wasm-cos/core'
import type { OutputAsset, OutputOptions } from './rollup-types.ts'

/**
 * Finds where the name of an asset carries a hash of its content, by the template that the bundler made the name of. The name
 * of an asset that a plugin emitted under a fixed file name carries none.
 */
export function hashPositionOfAsset(
  asset: OutputAsset,
  { assetFileNames }: OutputOptions,
): HashPosition | undefined {
  if ((asset.names ?? []).length === 0) return undefined
  const template = typeof assetFileNames === 'function' ? assetFileNames(asset as never) : assetFileNames
  return template === undefined ? undefined : hashFinder(template, String.raw`[\w-]`, 8)?.(asset.fileName)
}
