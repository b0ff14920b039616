import type { HashedFile, Manifest } from '@wasm-cos/core'
import type { Compilation, Compiler } from './webpack-like.ts'

/**
 * The names that files have in the end: later steps put hashes of the final content into them, and into all text
 * that mentions them. A note in the asset's info goes with it.
 *
 * @see https://webpack.js.org/configuration/optimization/#optimizationrealcontenthash
 */
export class FinalNames {
  readonly #compilation: Compilation
  /** To note something, Rspack copies the file. */
  readonly #copies: boolean
  #names = new Map<unknown, string>()

  constructor(compiler: Compiler, compilation: Compilation) {
    this.#compilation = compilation
    this.#copies = 'rspackVersion' in compiler.webpack
  }

  /** Notes the name that a file has so far; in Rspack, only where the bundler itself is going to change it. */
  follow(fileName: string, assetName: string): void {
    if (this.#copies && this.#compilation.getAsset(assetName)?.info.contenthash === undefined) return
    this.#compilation.updateAsset(assetName, ((source: unknown) => source) as never, { wasmCos: fileName })
  }

  /** Reads the names that the files have now. */
  read(): void {
    this.#names = new Map(
      this.#compilation.getAssets().map(({ name, info }) => {
        const fileName = name.replace(/\?.*$/s, '')
        return [info.wasmCos ?? fileName, fileName]
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
