import type { Edit, OutputChanges } from '@wasm-cos/core'
import type { StayingAssets } from './staying-assets.ts'
import type { Compilation, Compiler, Source } from './webpack-types.ts'

/**
 * Makes changes to the assets of a compilation, so that source maps that the bundler makes later follow.
 *
 * @param staying Copies the assets as they were; absent where nobody asks for them.
 */
export function changeAssets(
  compiler: Compiler,
  compilation: Compilation,
  { contents, edits }: OutputChanges,
  { assetNames, staying }: { assetNames: ReadonlyMap<string, string>; staying: StayingAssets | undefined },
): void {
  const { RawSource } = compiler.webpack.sources
  const editOf = new Map(edits.map((edit) => [edit.fileName, edit]))
  for (const [fileName, content] of contents) {
    const name = assetNames.get(fileName)!
    const asset = compilation.getAsset(name)!
    const { source, info } = asset
    staying?.copy(asset)
    const edit = editOf.get(fileName)
    // A script that was copied, or that a child compiler made, has its map beside it or in a comment already.
    const hasMap = contents.has(String(info.related?.sourceMap ?? `${fileName}.map`)) || hasInlineMap(content)
    const changed =
      edit === undefined || hasMap ? new RawSource(content as string) : editSource(compiler, source, edit)
    compilation.updateAsset(name, changed as never)
  }
}

function hasInlineMap(content: string | Uint8Array): boolean {
  return typeof content === 'string' && /\/[/*][#@] sourceMappingURL=data:/.test(content)
}

function editSource({ webpack }: Compiler, source: Source, { changes }: Edit): Source {
  const replaced = new webpack.sources.ReplaceSource(source as never, 'wasm-cos')
  for (const { start, end, text } of changes) {
    if (start === end) replaced.insert(start, text)
    else replaced.replace(start, end - 1, text)
  }
  return replaced
}
