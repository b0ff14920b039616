import type { HashedFile, Manifest } from '@wasm-cos/core'
import { renameInManifest } from '@wasm-cos/core/setup'
import { assetNamesOf, fileNameOf } from './asset-names.ts'
import type { Compilation } from './webpack-types.ts'

/**
 * Finds assets under the names that they have when a compilation ends. After the plugin has edited the code,
 * `RealContentHashPlugin` and other plugins still rename assets, and write the new names into all other assets. An asset is
 * recognised by the module that it was made from (`info.sourceFilename`), else by a note that the plugin leaves in its
 * `info`.
 *
 * @see https://webpack.js.org/configuration/optimization/#optimizationrealcontenthash
 */
export class FinalNames {
  readonly #compilation: Compilation
  readonly #bySource = new Map<unknown, string>()
  #names = new Map<unknown, string>()
  /** Also those of assets that a plugin has removed since, as one that compresses them may. */
  readonly #last = new Map<unknown, string>()

  constructor(compilation: Compilation) {
    this.#compilation = compilation
  }

  /** Notes the present names of a manifest's files: wasm and the scripts that answer for it. */
  follow({ files }: Manifest): void {
    const assetNames = assetNamesOf(this.#compilation)
    const sourceOf = new Map(
      this.#compilation.getAssets().map(({ name, info }) => [name, info.sourceFilename]),
    )
    const sources = [...sourceOf.values()]
    for (const fileName of new Set(files.flatMap(({ file, chunks }) => [file, ...chunks]))) {
      const assetName = assetNames.get(fileName)!
      const source = sourceOf.get(assetName)
      const isOnlyOne = source !== undefined && sources.filter((other) => other === source).length === 1
      if (isOnlyOne) this.#bySource.set(source, fileName)
      else this.#addNote(assetName, fileName)
    }
  }

  /** Leaves a note in an asset's `info`. Rspack then copies the asset, so that only assets get one that need it. */
  #addNote(assetName: string, fileName: string): void {
    this.#compilation.updateAsset(assetName, ((source: unknown) => source) as never, { wasmCos: fileName })
  }

  /** Reads the names as they are; called when no plugin renames any more, before and after assets may be removed. */
  read(): void {
    this.#names = new Map(
      this.#compilation.getAssets().map(({ name, info }) => {
        const fileName = fileNameOf(name)
        return [info.wasmCos ?? this.#bySource.get(info.sourceFilename) ?? fileName, fileName]
      }),
    )
    for (const [noted, fileName] of this.#names) this.#last.set(noted, fileName)
  }

  /** Files under their final names, without those that a plugin has removed. */
  ofFiles(files: HashedFile[]): HashedFile[] {
    return files.flatMap((file) => {
      const fileName = this.#names.get(file.fileName)
      return fileName === undefined ? [] : [{ ...file, fileName }]
    })
  }

  /** A manifest with final names. */
  ofManifest(manifest: Manifest): Manifest {
    return renameInManifest(manifest, (fileName) => this.#last.get(fileName) ?? fileName)
  }
}
