import { resolve } from 'node:path'
import { hashFinder, type HashPosition } from '@wasm-cos/core'
import type { BuildOptions, Metafile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'

/**
 * Finds the content hash in the names of emitted files, from the templates that esbuild made the names of.
 *
 * @see https://esbuild.github.io/api/#entry-names
 */
export function hashFinderOf(
  options: BuildOptions,
  metafile: Metafile,
  folder: OutputFolder,
): (fileName: string) => HashPosition | undefined {
  const entry = finderOf(options.entryNames ?? '[dir]/[name]')
  const chunk = finderOf(options.chunkNames ?? '[name]-[hash]')
  const asset = finderOf(options.assetNames ?? '[name]-[hash]')
  const dynamic = new Set(
    Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path),
    ),
  )

  const templatesOf = (fileName: string) => {
    const name = folder.recordNameOf(resolve(folder.path, fileName))
    if (metafile.outputs[name]?.entryPoint !== undefined) return dynamic.has(name) ? [entry, chunk] : [entry]
    return fileName.endsWith('.css') ? [entry, chunk, asset] : [chunk, asset]
  }

  return (fileName) => {
    for (const find of templatesOf(fileName)) {
      const found = find?.(fileName)
      if (found) return found
    }
    return undefined
  }
}

/** esbuild adds the ending to a template, and leaves out what would lead out of the folder. */
function finderOf(template: string): ReturnType<typeof hashFinder> {
  const path = template.replace(/^(\.?\/)+/, '').replaceAll('[dir]/', '[dir]')
  return hashFinder(`${path}.[ext]`, '[A-Z2-7]', 8)
}
