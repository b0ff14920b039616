import type { Change } from '../output.ts'

/**
 * Orders changes by position: what is inserted comes before what is replaced there. Of two changes of which one stands in the
 * other, the outer one is made, whose text stands for all that is in it; one that was found twice is made once.
 */
export function inOrder(changes: Change[]): Change[] {
  const ordered: Change[] = []
  for (const change of changes.toSorted(byPosition)) {
    const before = ordered.at(-1)
    if (before === undefined || !isWithin(change, before)) ordered.push(change)
  }
  return ordered
}

/** What is inserted first, then the longest of what is replaced. */
function byPosition(one: Change, other: Change): number {
  if (one.start !== other.start) return one.start - other.start
  return Number(isReplacing(one)) - Number(isReplacing(other)) || other.end - one.end
}

function isReplacing({ start, end }: Change): boolean {
  return start < end
}

/** Whether a change stands in one that begins before it, or where it does. Two texts for the same place are no such changes. */
function isWithin(change: Change, outer: Change): boolean {
  if (!isReplacing(outer) || change.start >= outer.end || change.end > outer.end) return false
  const isSamePlace = change.start === outer.start && change.end === outer.end
  return !isSamePlace || change.text === outer.text
}
