import { resolve } from 'node:path'
import type { HashPosition } from '@wasm-cos/core'
import type { BuildOptions, Metafile } from 'esbuild'
import type { OutputFolder } from './output-folder.ts'

/**
 * Finds the content hash in the names of emitted files, from the templates that esbuild made the names of.
 *
 * @see https://esbuild.github.io/api/#entry-names
 */
export function hashFinder(
  options: BuildOptions,
  metafile: Metafile,
  folder: OutputFolder,
): (fileName: string) => HashPosition | undefined {
  const entry = patternOf(options.entryNames ?? '[dir]/[name]')
  const chunk = patternOf(options.chunkNames ?? '[name]-[hash]')
  const asset = patternOf(options.assetNames ?? '[name]-[hash]')
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
    for (const pattern of templatesOf(fileName)) {
      const found = pattern?.exec(fileName)
      if (found) return { start: found[1]!.length, end: found[1]!.length + hashLength }
    }
    return undefined
  }
}

const hashLength = 8

/** A template with a hash as a pattern that captures what comes before the hash. */
function patternOf(template: string): RegExp | undefined {
  const [before, ...after] = template
    .replace(/^(\.?\/)+/, '')
    .replaceAll('[dir]/', '[dir]')
    .split('[hash]')
    .map(literal)
  if (after.length === 0) return undefined
  return new RegExp(`^(${before})[A-Z2-7]{${hashLength}}${after.join('.*')}\\.[^/]+$`)
}

function literal(text: string): string {
  return text
    .split(/\[\w+\]/)
    .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join('.*')
}
