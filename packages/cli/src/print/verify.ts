import { audienceInWords } from '@wasm-cos/core'
import type { Ansis } from 'ansis'
import { formatTable } from './table.ts'
import { type Finding, short, type Verified } from '@wasm-cos/folder'
import { count, sizeInWords } from './words.ts'

/** What `verify` found, for people: a row for each file, then what is wrong. */
export function verifiedInWords({ findings, staleCopies, uncovered }: Verified, colours: Ansis): string {
  const files = new Map<string, Finding[]>()
  for (const finding of findings) files.set(finding.file, [...(files.get(finding.file) ?? []), finding])
  const rows = [...files].map(([file, found]) => rowOf(file, found, colours))
  const wrong = findings.filter(({ status }) => status !== 'true')
  const lines = [formatTable([headings.map((heading) => colours.dim(heading)), ...rows], [2])]
  for (const { problem } of wrong) lines.push(`${colours.red('✗')} ${problem}`)
  for (const { problem } of staleCopies) lines.push(`${colours.red('✗')} ${problem}`)
  if (uncovered.length > 0) lines.push(colours.dim(`No hash is embedded for ${uncovered.join(', ')}.`))
  lines.push(
    wrong.length === 0
      ? `${colours.green('✓')} ${count(findings.length, 'embedded hash', 'embedded hashes')}, all true.`
      : `${colours.red('✗')} ${wrong.length} of ${count(findings.length, 'embedded hash', 'embedded hashes')} not true. "wasm-cos repair" mends stale ones.`,
  )
  return lines.join('\n')
}

const headings = ['', 'file', 'size', 'hash', 'stored for', 'carried by']

function rowOf(file: string, findings: Finding[], colours: Ansis): string[] {
  const worst = (['missing', 'stale', 'true'] as const).find((status) =>
    findings.some((found) => found.status === status),
  )!
  const [{ size, hash, embedded }] = findings as [Finding]
  const carriers = findings.map(({ carrier, status }) =>
    status === 'true' ? carrier : `${carrier} (${status})`,
  )
  const origins = findings.find((finding) => finding.origins !== undefined)?.origins
  return [
    worst === 'true' ? colours.green(worst) : colours.red(worst),
    file,
    size === undefined ? '–' : sizeInWords(size),
    short(hash ?? embedded),
    origins === undefined ? '–' : audienceInWords(origins),
    [...new Set(carriers)].join(', '),
  ]
}
