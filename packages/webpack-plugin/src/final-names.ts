import type { HashedFile, Manifest } from '@wasm-cos/core'
import { assetNamesOf, fileNameOf } from './asset-names.ts'
import type { Compilation } from './webpack-types.ts'

/**
 * The names that assets have when a compilation ends. After the code is edited, `RealContentHashPlugin` and other plugins
 * still rename assets, and replace the old names in all other assets. An asset is found again by the module it was made
 * from (`info.sourceFilename`), or by a note that is left in its `info`.
 *
 * @see https://webpack.js.org/configuration/optimization/#optimizationrealcontenthash
 */
export class FinalNames {
  readonly #compilation: Compilation
  readonly #bySource = new Map<unknown, string>()
  #names = new Map<unknown, string>()

  constructor(compilation: Compilation) {
    this.#compilation = compilation
  }

  /** Notes the names that the files of a manifest have so far: wasm and the scripts that answer for it. */
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

  /** Rspack copies the asset when its info changes: where it can be told by its source, this is saved. */
  #addNote(assetName: string, fileName: string): void {
    this.#compilation.updateAsset(assetName, ((source: unknown) => source) as never, { wasmCos: fileName })
  }

  /** Reads the names that the files have now. */
  read(): void {
    this.#names = new Map(
      this.#compilation.getAssets().map(({ name, info }) => {
        const fileName = fileNameOf(name)
        return [info.wasmCos ?? this.#bySource.get(info.sourceFilename) ?? fileName, fileName]
      }),
    )
  }

  /** The files that are still there, under their final names. */
  ofFiles(files: HashedFile[]): HashedFile[] {
    return files.flatMap((file) => {
      const fileName = this.#names.get(file.fileName)
      return fileName === undefined ? [] : [{ ...file, fileName }]
    })
  }

  /** The manifest, with final names. */
  ofManifest({ files, ...manifest }: Manifest): Manifest {
    return {
      ...manifest,
      files: files.map((file) => ({
        ...file,
        file: this.#nameOf(file.file),
        chunks: file.chunks.map((chunk) => this.#nameOf(chunk)),
      })),
    }
  }

  #nameOf(fileName: string): string {
    return this.#names.get(fileName) ?? fileName
  }
}
