import type { Change } from '../output.ts'
import type { CheckedHash } from './check-hash.ts'

/** The changes that write the hash of the file, and its size, where a stale one stands. */
export function repairHash({ status, file, spans, row }: CheckedHash): Change[] {
  if (status !== 'stale' || file === undefined) return []
  const changes = spans.map((span): Change => ({ ...span, text: file.hash.value }))
  return row === undefined ? changes : [...changes, { ...row.sizeSpan, text: String(file.size) }]
}
