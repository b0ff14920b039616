import type { Bundler } from './bundler.ts'
import type { Style } from './table.ts'

/** The matrix as a Markdown table, with the reasons of its gaps as footnotes, aligned as the formatter does. */
export function markdownOf(styles: Style[], bundlers: Bundler[]): string {
  const reasons = [...new Set(styles.flatMap(({ unsupported }) => Array.from(unsupported.values())))]
  const cellOf = ({ unsupported }: Style, bundler: Bundler) => {
    const reason = unsupported.get(bundler)
    return reason === undefined ? '✓' : `[^${reasons.indexOf(reason) + 1}]`
  }
  const header = ['', ...bundlers.map(({ name }) => name)]
  const rows = styles.map((style) => [style.code, ...bundlers.map((bundler) => cellOf(style, bundler))])
  const footnotes = reasons.map((reason, index) => `[^${index + 1}]: ${reason}.`)
  return `${tableOf(header, rows)}\n\n${footnotes.join('\n\n')}\n`
}

function tableOf(header: string[], rows: string[][]): string {
  const widths = header.map((_, column) =>
    Math.max(3, ...[header, ...rows].map((row) => row[column]!.length)),
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
