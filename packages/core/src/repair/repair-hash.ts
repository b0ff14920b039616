import type { Change } from '../output.ts'
import type { CheckedHash } from './check-hash.ts'

/** The changes that write the hash of the file, and its size, where a stale one stands. */
export function repairHash({ status, file, places, row }: CheckedHash): Change[] {
  if (status !== 'stale' || file === undefined) return []
  const changes = places.map((place): Change => ({ ...place, text: file.hash.value }))
  return row === undefined ? changes : [...changes, { ...row.sizePlace, text: String(file.size) }]
}
