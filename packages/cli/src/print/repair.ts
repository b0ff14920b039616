import { audienceInWords } from '@wasm-cos/core'
import type { Ansis } from 'ansis'
import { obstaclesInWords } from './obstacles.ts'
import { type Repaired, short } from '@wasm-cos/folder'
import { count } from './words.ts'

/** What `repair` did, for people. */
export function repairedInWords(
  { outcome, repaired, beyond, staleCopies, obstacles, renamed }: Repaired,
  folder: string,
  given: string[],
  colours: Ansis,
): string {
  const lines = [...beyond, ...staleCopies].map(({ problem }) => `${colours.red('✗')} ${problem}`)
  if (outcome === 'refused')
    return [...lines, ...obstaclesInWords(obstacles, { verb: 'repair', folder, given }, colours)].join('\n')
  for (const { carrier, file, embedded, hash, origins } of repaired) {
    const audience = origins === undefined ? '' : `, stored for ${audienceInWords(origins)} as before`
    lines.push(`${colours.green('✓')} ${carrier}: ${file} ${short(embedded)} → ${short(hash!)}${audience}`)
  }
  for (const [from, to] of Object.entries(renamed)) lines.push(`renamed ${from} → ${to}`)
  if (repaired.length === 0 && beyond.length === 0)
    lines.push(`${colours.green('✓')} Every embedded hash is true.`)
  if (beyond.length > 0) {
    lines.push(
      `${count(beyond.length, 'hash', 'hashes')} cannot be repaired: ship the wasm file that is meant, or build anew.`,
    )
  }
  return lines.join('\n')
}
