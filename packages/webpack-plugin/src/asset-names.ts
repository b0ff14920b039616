import type { Compilation } from './webpack-types.ts'

/** The name of an asset as a file: what follows the `?` is for the browser only. */
export function fileNameOf(assetName: string): string {
  return assetName.replace(/\?.*$/s, '')
}

/** The names of assets by the names of the files that they become. */
export function assetNamesOf(compilation: Compilation): Map<string, string> {
  return new Map(compilation.getAssets().map(({ name }) => [fileNameOf(name), name]))
}
