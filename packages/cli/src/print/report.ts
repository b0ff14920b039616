import { findersInWords } from '@wasm-cos/core'
import type { Ansis } from 'ansis'
import { type Report, type ReportedFile, short } from '@wasm-cos/folder'
import { formatTable } from './table.ts'
import { sizeInWords } from './words.ts'

/** The report as text. */
export function reportInWords(report: Report, colours: Ansis): string {
  const { files } = report
  if (files.length === 0) return 'There is no wasm file in the folder.'
  const hasList = files.some(({ isListed }) => isListed !== undefined)
  const headings = [
    'file',
    'size',
    'over the wire',
    'hash',
    'who will find it',
    'who ships it',
    'public list',
  ]
  const rows = files.map((file) => [
    file.file,
    sizeInWords(file.size),
    sizeInWords(file.transferSize),
    short(file.hash),
    whoFindsIt(file),
    whoShipsIt(file),
    file.isListed ? 'yes' : 'no',
  ])
  const shown = [headings.map((heading) => colours.dim(heading)), ...rows].map((row) =>
    hasList ? row : row.slice(0, -1),
  )
  const table = formatTable(shown, [1, 2])
  return [table, '', ...savingsInWords(report)].join('\n')
}

/** Who will find the file in Cross-Origin Storage. */
export function whoFindsIt({ chunks, origins, isListed }: ReportedFile): string {
  if (chunks.length === 0) return 'not shared'
  return origins === undefined ? '–' : findersInWords(origins, isListed)
}

/** Who else ships the same bytes. */
export function whoShipsIt({ provenance, dependency, privateReason }: ReportedFile): string {
  const of = dependency && `${dependency.file} of ${dependency.name} ${dependency.version}`
  switch (provenance) {
    case 'dependency':
      return `every site with ${of}`
    case 'private':
      return `only this site: ${of}, which ${privateReason}`
    case 'changed':
      return `only this site: the build changed ${of}`
    case 'site':
      return 'only this site'
  }
}

/** What a visitor saves, a sentence for each case. */
export function savingsInWords({
  files,
  headers = {},
  savedFromAnySite,
  savedFromThisSite,
}: Report): string[] {
  const sentences = [
    savedFromAnySite > 0
      ? `A visitor who has the dependencies' files from another site saves ${sizeInWords(savedFromAnySite)} of ${sizeInWords(savedFromThisSite)} of wasm over the wire: with the extension today, else as soon as their hashes are on the Public Hash List.`
      : 'No file is one that other sites ship too: only visitors of several origins of this site save anything.',
  ]
  if (savedFromThisSite > savedFromAnySite) {
    sentences.push(
      `A visitor who comes from another origin of this site, which stored them all, saves ${sizeInWords(savedFromThisSite)}.`,
    )
  }
  const idle = files.filter(({ chunks }) => chunks.length === 0)
  if (idle.length > 0) {
    sentences.push(
      `Not shared so far, for no script carries the hash: ${idle.map(({ file }) => file).join(', ')}.`,
    )
  }
  for (const [name, value] of Object.entries(headers)) {
    sentences.push(
      `The pages have to be served with the header ${name}: ${value}, or nothing is shared with these origins. "npx wasm-cos headers" prints it for your host.`,
    )
  }
  return sentences
}
