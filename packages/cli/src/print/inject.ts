import { formatReport } from '@wasm-cos/core'
import type { Ansis } from 'ansis'
import type { Injected } from '@wasm-cos/folder'
import { obstaclesInWords } from './obstacles.ts'
import { count } from './words.ts'

/** What `inject` did, for people. */
export function injectedInWords(result: Injected, folder: string, given: string[], colours: Ansis): string {
  const { outcome, written, warnings, obstacles, manifest, renamed } = result
  const lines = warnings.map(({ message }) => `${colours.yellow('warning')} ${message}`)
  if (outcome === 'refused') {
    lines.push(
      ...(obstacles.length > 0
        ? obstaclesInWords(obstacles, { verb: 'inject', folder, given }, colours)
        : [`${colours.red('refused')} Nothing was changed, because of the warnings above and --strict.`]),
    )
    return lines.join('\n')
  }
  const report = formatReport(manifest)
  if (report !== '') lines.push(report)
  for (const [from, to] of Object.entries(renamed)) lines.push(`renamed ${from} → ${to}`)
  lines.push(
    outcome === 'changed'
      ? `${colours.green('done')} ${count(written.length, 'file')} written in ${folder}.`
      : `${colours.green('done')} Nothing to change in ${folder}${manifest.files.length === 0 ? ': no wasm file takes part' : ''}.`,
  )
  return lines.join('\n')
}
