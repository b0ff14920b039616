import { dependencyFilesOfSize, hashOutput, isScriptName, type OutputFile, readScript } from '@wasm-cos/core'
import { type EarlySources, mayLoadByWords } from '@wasm-cos/core/setup'
import { readChunkRecords, workersOf } from './chunk-records.ts'
import { fileNameOf } from './asset-names.ts'
import { hashWasmSources, namedSourceOf } from './wasm-sources.ts'
import type { Asset, Compilation, Compiler } from './webpack-types.ts'

/**
 * Reads the scripts and wasm files among the assets of a compilation; wasm is hashed.
 *
 * @param early The modules, as far as they are hashed already.
 */
export async function readCompilation(
  compiler: Compiler,
  compilation: Compilation,
  early: EarlySources,
): Promise<OutputFile[]> {
  const assets = compilation
    .getAssets()
    .filter(({ name }) => isWasm(name) || isScript(name))
    // Rspack's order differs from build to build.
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((asset) => ({ asset, content: contentOf(asset) }))
  const loaders = new Set(
    assets
      .filter(({ asset, content }) => isScript(asset.name) && mayLoadByWords(String(content)))
      .map(({ asset: { name } }) => name),
  )
  const records = readChunkRecords(compilation, isWasm, (name) => loaders.has(name))
  const workers = workersOf(compilation)
  const candidates = await hashWasmSources(compilation, early)
  const files = assets.map(async ({ asset, content }): Promise<OutputFile> => {
    if (isScript(asset.name))
      return readAsset(asset, content, records.get(asset.name), workers.has(asset.name))
    const sources = await namedSourceOf(asset, compiler.context, candidates)
    return { type: 'wasm', fileName: fileNameOf(asset.name), bytes: content as Buffer, sources }
  })
  const copied = new Set(assets.flatMap(({ asset }) => (asset.info.copied ? fileNameOf(asset.name) : [])))
  return addOriginals(await hashOutput(await Promise.all(files), candidates), copied, compiler.context)
}

/** Adds the files of dependencies that copied ones were copied from by hand, so that the bundler does not know. */
async function addOriginals(
  files: OutputFile[],
  copied: ReadonlySet<string>,
  root: string,
): Promise<OutputFile[]> {
  const sizes = files.flatMap((file) => ('size' in file && copied.has(file.fileName) ? file.size : []))
  const originals = await dependencyFilesOfSize(root, sizes)
  return hashOutput(files, originals)
}

/** The content of an asset. Rspack copies it at each call. */
function contentOf({ name, source }: Asset): string | Buffer {
  return isWasm(name) ? source.buffer() : source.source()
}

function readAsset(
  { name, info }: Asset,
  code: string | Buffer,
  refersTo: string[] | undefined,
  isWorker: boolean,
): OutputFile {
  return readScript(fileNameOf(name), code, {
    ...(info.javascriptModule === true && { format: 'either' as const }),
    ...(refersTo !== undefined && { refersTo: refersTo.map(fileNameOf) }),
    ...(isWorker && { isWorker }),
  })
}

function isWasm(name: string): boolean {
  return fileNameOf(name).endsWith('.wasm')
}

function isScript(name: string): boolean {
  return isScriptName(fileNameOf(name))
}
