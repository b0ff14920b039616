import { audienceOf } from '../embedded/earlier-origins.ts'
import type { Manifest, ManifestFile } from './manifest.ts'

/** The table at the end of a build; empty without files. */
export function formatReport({ files }: Manifest): string {
  if (files.length === 0) return ''
  const rows = files.map(rowOf)
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column]!, column))
      .join('  ')
      .trimEnd(),
  )
  return ['wasm-cos: shared through Cross-Origin Storage', ...lines].join('\n  ')
}

function rowOf({ file, size, hash, origins, chunks }: ManifestFile): string[] {
  return [
    file,
    `${(size / 1000).toFixed(1)} kB`,
    hash.value.slice(0, 12),
    audienceOf(origins),
    `← ${chunks.join(', ') || 'no chunk'}`,
  ]
}

/** Sizes to the right, the rest to the left. */
function pad(cell: string, width: number, column: number): string {
  return column === 1 ? cell.padStart(width) : cell.padEnd(width)
}
