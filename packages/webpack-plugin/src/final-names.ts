import type { HashedFile, Manifest } from '@wasm-cos/core'
import type { Compilation } from './webpack-like.ts'

/**
 * The names that files have in the end: later steps put hashes of the final content into them, and into all text
 * that mentions them. A file is followed by what it was made from, or by a note in the asset's info.
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

  /**
   * Notes the names that files have so far.
   *
   * @param assetNames By the names of the files.
   */
  follow(assetNames: ReadonlyMap<string, string>): void {
    const sourceOf = new Map(
      this.#compilation.getAssets().map(({ name, info }) => [name, info.sourceFilename]),
    )
    const sources = [...sourceOf.values()]
    for (const [fileName, assetName] of assetNames) {
      const source = sourceOf.get(assetName)
      const isOnlyOne = source !== undefined && sources.filter((other) => other === source).length === 1
      if (isOnlyOne) this.#bySource.set(source, fileName)
      else this.#addNote(assetName, fileName)
    }
  }

  /** To do so, Rspack copies the asset. */
  #addNote(assetName: string, fileName: string): void {
    this.#compilation.updateAsset(assetName, ((source: unknown) => source) as never, { wasmCos: fileName })
  }

  /** Reads the names that the files have now. */
  read(): void {
    this.#names = new Map(
      this.#compilation.getAssets().map(({ name, info }) => {
        const fileName = name.replace(/\?.*$/s, '')
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
