import { applyChanges, type Edit, measureFiles, type OutputFile, shiftMap } from '@wasm-cos/core'
import type { EarlySources } from '@wasm-cos/core/setup'
import { readChunkRecords } from './chunk-records.ts'
import { measureWasmSources, namedSourceOf } from './wasm-sources.ts'
import type { Asset, Compilation, Compiler, Source } from './webpack-like.ts'

/** The scripts and wasm files among the assets of a compilation. */
export class CompilationOutput {
  /** As core wants them, hashed; their names are without the query that an asset's name can have. */
  readonly files: OutputFile[]
  readonly #assetNames: Map<string, string>
  readonly #compiler: Compiler
  readonly #compilation: Compilation

  private constructor(
    compiler: Compiler,
    compilation: Compilation,
    files: OutputFile[],
    assetNames: Map<string, string>,
  ) {
    this.#compiler = compiler
    this.#compilation = compilation
    this.files = files
    this.#assetNames = assetNames
  }

  /**
   * Reads what a compilation emits.
   *
   * @param early The modules, as far as they are hashed already.
   */
  static async read(
    compiler: Compiler,
    compilation: Compilation,
    early: EarlySources,
  ): Promise<CompilationOutput> {
    const assets = compilation
      .getAssets()
      .filter(({ name }) => isWasm(name) || isScript(name))
      // Rspack's order differs from build to build.
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(readContent)
    const loaders = new Set(
      assets.filter(({ code }) => code?.includes('WebAssembly')).map(({ asset: { name } }) => name),
    )
    const records = readChunkRecords(compilation, isWasm, (name) => loaders.has(name))
    const candidates = await measureWasmSources(compilation, early)
    const files = assets.map(async ({ asset, code, bytes }): Promise<OutputFile> => {
      if (code !== undefined) return readScript(asset, code, records.get(asset.name))
      const sources = await namedSourceOf(asset, compiler.context, candidates)
      return { type: 'wasm', fileName: pathOf(asset.name), bytes, sources }
    })
    const assetNames = new Map(assets.map(({ asset: { name } }) => [pathOf(name), name]))
    const measured = await measureFiles(await Promise.all(files), candidates)
    return new CompilationOutput(compiler, compilation, measured, assetNames)
  }

  /** The name of the asset that a file is. */
  assetNameOf(fileName: string): string {
    return this.#assetNames.get(fileName)!
  }

  /** Writes edits into the assets, so that source maps follow. */
  edit(edits: Edit[]): void {
    for (const edit of edits) {
      const name = this.assetNameOf(edit.fileName)
      this.#update(name, this.#edited(this.#compilation.getAsset(name)!, edit))
    }
  }

  #edited({ name, source, info }: Asset, { changes }: Edit): Source {
    const { RawSource, ReplaceSource } = this.#compiler.webpack.sources
    const code = source.source().toString()
    const mapName = info.related?.sourceMap ?? `${name}.map`
    const map = this.#compilation.getAsset(String(mapName))
    // A script that was copied, or that a child compiler made, has its map beside it or in a comment already.
    if (map) this.#update(map.name, new RawSource(shiftMap(map.source.source().toString(), code, changes)))
    if (map || /\/\/[#@] sourceMappingURL=data:/.test(code)) return new RawSource(applyChanges(code, changes))

    const replaced = new ReplaceSource(source as never, 'wasm-cos')
    for (const { start, end, text } of changes) {
      if (start === end) replaced.insert(start, text)
      else replaced.replace(start, end - 1, text)
    }
    return replaced
  }

  #update(name: string, source: Source): void {
    this.#compilation.updateAsset(name, source as never)
  }
}

/** Rspack copies the content whenever the property is read. */
function readContent(
  asset: Asset,
): { asset: Asset; code: string; bytes?: never } | { asset: Asset; code?: never; bytes: Buffer } {
  const { name, source } = asset
  return isWasm(name) ? { asset, bytes: source.buffer() } : { asset, code: source.source().toString() }
}

function readScript({ name, info }: Asset, code: string, refersTo: string[] | undefined): OutputFile {
  return {
    type: 'script',
    fileName: pathOf(name),
    code,
    ...(info.javascriptModule === true && { format: 'module' }),
    ...(refersTo !== undefined && { refersTo: refersTo.map(pathOf) }),
  }
}

function isWasm(name: string): boolean {
  return pathOf(name).endsWith('.wasm')
}

function isScript(name: string): boolean {
  return /\.[cm]?js$/.test(pathOf(name))
}

/** The name of an asset as a file: what follows the `?` is for the browser only. */
function pathOf(name: string): string {
  return name.replace(/\?.*$/s, '')
}
