import { findersInWords } from './finders.ts'
import type { Manifest, ManifestFile } from './manifest.ts'

/**
 * The table at the end of a build: what is shared, who will find it and which headers the pages need for that, what is shared
 * if its URL is made at run time, and what no script loads; empty without files.
 */
export function formatReport({ files, headers = {} }: Manifest): string {
  const isLoaded = ({ chunks }: ManifestFile) => chunks.length > 0
  const loaded = files.filter(isLoaded)
  const shared = [
    ...tableOf('wasm-cos: shared through Cross-Origin Storage', loaded.filter(isNamed)),
    ...tableOf(
      'wasm-cos: shared if a script makes its URL when it runs, since no chunk names it',
      loaded.filter((file) => !isNamed(file)),
    ),
  ]
  return [
    ...shared,
    ...loaded.flatMap(packageUrlInWords),
    ...(shared.length > 0 ? Object.entries(headers).map(headerInWords) : []),
    ...tableOf(
      'wasm-cos: not shared, as no script of this build loads it',
      files.filter((file) => !isLoaded(file)),
    ),
  ].join('\n')
}

function isNamed(row: ManifestFile): boolean {
  return row.isNamed !== false
}

function packageUrlInWords({ file, alsoAt }: ManifestFile): string[] {
  if (alsoAt === undefined) return []
  return [
    `  A script of the build also names ${alsoAt}…: what is loaded from there is not ${file}, and not shared.\n` +
      "  Some libraries do so unless they are told the URL of their wasm (transformers.js: 'env.backends.onnx.wasm.wasmPaths').",
  ]
}

function headerInWords([name, value]: [string, string]): string {
  return (
    `  Serve the pages with the header ${name}: ${value}\n` +
    '  Without it, what is stored for these origins stays with this site. "npx wasm-cos headers" prints it for your host.'
  )
}

function tableOf(title: string, files: ManifestFile[]): string[] {
  if (files.length === 0) return []
  const rows = files.map(rowOf)
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column]!, column))
      .join('  ')
      .trimEnd(),
  )
  return [[title, ...lines].join('\n  ')]
}

function rowOf(row: ManifestFile): string[] {
  const { file, size, hash, origins, isListed, chunks } = row
  const described = [file, `${(size / 1000).toFixed(1)} kB`, hash.value.slice(0, 12)]
  if (chunks.length === 0) return described
  described.push(findersInWords(origins, isListed))
  return isNamed(row) ? [...described, `← ${chunks.join(', ')}`] : described
}

/** Sizes to the right, the rest to the left. */
function pad(cell: string, width: number, column: number): string {
  return column === 1 ? cell.padStart(width) : cell.padEnd(width)
}
