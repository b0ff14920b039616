import { posix, resolve } from 'node:path'
import {
  decompress,
  dependencyFilesOfSize,
  type HashedSourceFile,
  type HashedWasmFile,
  hashOutput,
  hashSources,
  isScriptName,
  moduleScripts,
  type OutputFile,
  readScript,
  type ScriptFile,
  type WasmFile,
} from '@wasm-cos/core'
import { hashPositionOfAsset } from './asset-names.ts'
import type { Bundler } from './bundler.ts'
import { emittedBefore, keepEmitted } from './emitted-before.ts'
import type { KnownBuild } from './host.ts'
import type { BundleFiles, OutputAsset, OutputChunk, OutputOptions } from './rollup-types.ts'
import { readUnemittedFiles } from './unemitted-files.ts'

/**
 * Reads the files of an output that matter here: chunks, scripts and wasm among the assets, and wasm files that the bundler
 * does not know of. Wasm is hashed.
 */
export async function readBundle(
  bundle: BundleFiles,
  output: OutputOptions,
  {
    filesBeside,
    keepsAssets,
    modules,
    originalsOf,
    root,
    urlOfBeside,
  }: Pick<Bundler, 'filesBeside' | 'originalsOf' | 'root' | 'urlOfBeside'> &
    Pick<KnownBuild, 'keepsAssets' | 'modules'>,
): Promise<OutputFile[]> {
  const beside = await filesBeside()
  const formatOf = formatsIn(bundle, output)
  const namedByContent = keepsAssets ? wasmNamedByContent(bundle, output) : new Set<string>()
  const files = [...bundle.values()].map((file) => {
    const { fileName } = file
    if (file.type === 'chunk') {
      const refersTo = [
        ...recordsOf(file),
        ...namedBeside(beside, file, urlOfBeside),
        ...(output.format === 'es' ? [] : importsOf(file, bundle)),
      ]
      return readScript(fileName, file.code, {
        ...formatOf(file),
        ...(refersTo.length > 0 && { refersTo }),
      })
    }
    if (fileName.endsWith('.wasm')) {
      const told = file.originalFileNames ?? []
      const originals = (told.length > 0 ? told : (originalsOf?.(fileName) ?? [])).map((name) =>
        resolve(root(), name),
      )
      return readWasm(file, originals, modules, namedByContent.has(fileName))
    }
    return isScriptName(fileName) ? readScript(fileName, file.source) : undefined
  })
  const read = (await Promise.all(files)).filter((file) => file !== undefined)
  const emitted = await hashOutput(read, modules)
  for (const file of emitted)
    if (file.type === 'wasm' && 'hash' in file && namedByContent.has(file.fileName)) keepEmitted(file)
  const unemitted = await readUnemittedFiles(output.dir, modules, emitted)
  // Of these, the bundler does not say what they were made from.
  const others = [...(await hashOutput(compressedIn(bundle), modules)), ...beside]
  const sizes = others.flatMap((file) => ('size' in file ? file.size : []))
  const originals = await dependencyFilesOfSize(root(), sizes)
  return [...emitted, ...unemitted, ...(await hashOutput(others, originals))]
}

/** Which chunks run as modules: those that others import, or that a page of the bundle loads as such. */
function formatsIn(
  bundle: BundleFiles,
  { format }: OutputOptions,
): (chunk: OutputChunk) => Pick<ScriptFile, 'format'> {
  if (format !== 'es') return () => ({})
  const files = [...bundle.values()]
  const imported = new Set(
    files.flatMap((file) => (file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : [])),
  )
  const isModule = moduleScripts(
    files.flatMap((file): [string, string][] =>
      file.fileName.endsWith('.html') ? [[file.fileName, String(contentOf(file))]] : [],
    ),
  )
  return ({ code, fileName }) => ({
    format: (imported.has(fileName) || isModule(fileName)) && !isForSystemJs(code) ? 'module' : 'either',
  })
}

/**
 * Whether a plugin has made a classic script for SystemJS of a chunk since the bundler wrote it as a module: the legacy chunks of
 * `@vitejs/plugin-legacy` are such.
 */
function isForSystemJs(code: string): boolean {
  return code.includes('System.register(') && /\bSystem\.register\(/.test(code)
}

/** The wasm files that a chunk names, by the bundler's records: only these tell whose a URL of a plain name is. */
function recordsOf({ code, referencedFiles = [], viteMetadata }: OutputChunk): string[] {
  const all = new Set([...referencedFiles, ...(viteMetadata?.importedAssets ?? [])])
  return [...all].filter((name) => name.endsWith('.wasm') && code.includes(posix.basename(name)))
}

/** The chunks that a chunk imports: in AMD without their extension, in other formats by calls of a loader. */
function importsOf({ imports, dynamicImports }: OutputChunk, bundle: BundleFiles): string[] {
  return [...imports, ...dynamicImports].filter((name) => bundle.has(name))
}

/** Those of the wasm files beside the bundle that a chunk names by the URL that they have for it. */
function namedBeside(
  files: HashedWasmFile[],
  { fileName, code }: OutputChunk,
  urlOf: Bundler['urlOfBeside'],
): string[] {
  return files
    .map((file) => file.fileName)
    .filter((name) => {
      const url = code.includes(posix.basename(name)) ? urlOf?.(name, fileName) : undefined
      return url !== undefined && code.includes(url)
    })
}

/** The wasm assets whose names carry a hash that is long enough to tell contents apart. */
function wasmNamedByContent(bundle: BundleFiles, output: OutputOptions): Set<string> {
  const named = [...bundle.values()].filter((file) => {
    if (file.type !== 'asset' || !file.fileName.endsWith('.wasm')) return false
    const position = hashPositionOfAsset(file, output)
    return position !== undefined && position.end - position.start >= 8
  })
  return new Set(named.map(({ fileName }) => fileName))
}

/**
 * The wasm files that a plugin has compressed and removed, which servers deliver all the same: vite-plugin-compression2 may do so
 * before the bundle is complete. The chunks ask for them by their own names.
 */
function compressedIn(bundle: BundleFiles): WasmFile[] {
  const found = new Map<string, WasmFile>()
  for (const file of bundle.values()) {
    const plain = file.fileName.replace(/\.\w+$/, '')
    if (file.type !== 'asset' || !plain.endsWith('.wasm') || bundle.has(plain) || found.has(plain)) continue
    if (!isAskedFor(posix.basename(plain), bundle)) continue
    const bytes = decompress(file.fileName, Buffer.from(file.source))
    if (bytes !== undefined) found.set(plain, { type: 'wasm', fileName: plain, bytes, sources: [] })
  }
  return [...found.values()]
}

/** Whether a chunk has a name of a file that is not the beginning of a longer one. */
function isAskedFor(name: string, bundle: BundleFiles): boolean {
  const mentions = [...bundle.values()].flatMap((file) =>
    file.type === 'chunk' ? file.code.split(name).slice(1) : [],
  )
  return mentions.some((behind) => !/^\.\w/.test(behind))
}

/**
 * @param originals The files that an asset was made from.
 * @param isNamedByContent Whether an asset of this name holds what another build's of the name did.
 */
async function readWasm(
  asset: OutputAsset,
  originals: string[],
  modules: HashedSourceFile[],
  isNamedByContent: boolean,
): Promise<WasmFile | HashedWasmFile> {
  const { fileName } = asset
  const read = modules.filter(({ path }) => originals.includes(path))
  const unread = originals.filter((name) => !read.some(({ path }) => path === name))
  const sources = [...read, ...(await hashSources(unread))]
  const known = isNamedByContent ? emittedBefore(fileName, sources) : undefined
  if (known !== undefined) return known
  const { source } = asset
  const bytes = typeof source === 'string' ? Buffer.from(source, 'latin1') : source
  return { type: 'wasm', fileName, bytes, sources }
}

/** The content of a file of a bundle. */
export function contentOf(file: OutputAsset | OutputChunk): string | Uint8Array {
  return file.type === 'chunk' ? file.code : file.source
}
