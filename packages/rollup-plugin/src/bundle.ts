import { resolve } from 'node:path'
import {
  applyChanges,
  type Edit,
  type MeasuredSourceFile,
  measureFiles,
  type OutputFile,
  type ScriptFile,
  shiftMap,
  type WasmFile,
} from '@wasm-cos/core'
import { measureSources } from '@wasm-cos/core/setup'
import type { BundleFiles, OutputAsset, OutputBundle, OutputChunk, OutputOptions } from './rollup-like.ts'

/** Indexes a bundle by the names under which its files will be written. */
export function filesOf(bundle: OutputBundle): BundleFiles {
  return new Map(Object.values(bundle).map((file) => [file.fileName, file]))
}

/** Reads what a bundle of Rollup, Rolldown or Vite emits: chunks, and scripts and wasm among the assets, hashed. */
export async function readBundle(
  bundle: BundleFiles,
  { format }: OutputOptions,
  root: string,
  modules: MeasuredSourceFile[],
): Promise<OutputFile[]> {
  const files = [...bundle.values()].map((file) => {
    if (file.type === 'chunk') return readChunk(file, format)
    if (file.fileName.endsWith('.wasm')) return readWasm(file, root, modules)
    return /\.[cm]?js$/.test(file.fileName) ? readScript(file) : undefined
  })
  const read = (await Promise.all(files)).filter((file) => file !== undefined)
  return measureFiles(read, modules)
}

/**
 * Writes edits into a bundle: the code, and the source map that goes with it.
 *
 * @returns The text that each file had before, maps too.
 */
export function editBundle(bundle: BundleFiles, edits: Edit[]): Map<string, string> {
  const before = new Map<string, string>()
  const replace = (file: OutputAsset | OutputChunk, text: string): void => {
    before.set(file.fileName, textOf(file))
    setText(file, text)
  }
  for (const { fileName, changes } of edits) {
    const file = bundle.get(fileName)!
    const code = textOf(file)
    const mapName = ('sourcemapFileName' in file && file.sourcemapFileName) || `${fileName}.map`
    const map = bundle.get(mapName)
    if (map?.type === 'asset') replace(map, shiftMap(textOf(map), code, changes))
    replace(file, applyChanges(code, changes))
  }
  return before
}

function readChunk({ fileName, code }: OutputChunk, format: string): ScriptFile {
  return { type: 'script', fileName, code, ...(format === 'es' && { format: 'module' }) }
}

function readScript(asset: OutputAsset): ScriptFile {
  return { type: 'script', fileName: asset.fileName, code: textOf(asset) }
}

async function readWasm(asset: OutputAsset, root: string, modules: MeasuredSourceFile[]): Promise<WasmFile> {
  const { source } = asset
  const bytes = typeof source === 'string' ? Buffer.from(source, 'latin1') : source
  const names = (asset.originalFileNames ?? []).map((name) => resolve(root, name))
  const read = modules.filter(({ path }) => names.includes(path))
  const unread = names.filter((name) => !read.some(({ path }) => path === name))
  return {
    type: 'wasm',
    fileName: asset.fileName,
    bytes,
    sources: [...read, ...(await measureSources(unread))],
  }
}

/** What a file holds. */
export function contentOf(file: OutputAsset | OutputChunk): string | Buffer {
  if (file.type === 'chunk') return file.code
  return typeof file.source === 'string' ? file.source : Buffer.from(file.source)
}

/** Replaces what a file holds. */
export function setText(file: OutputAsset | OutputChunk, text: string): void {
  if (file.type === 'chunk') file.code = text
  else file.source = text
}

function textOf(file: OutputAsset | OutputChunk): string {
  return contentOf(file).toString()
}
