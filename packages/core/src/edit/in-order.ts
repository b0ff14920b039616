import type { Change } from '../output.ts'

/**
 * Orders changes by position: what is inserted comes before what is replaced there. A change that was found twice, as when one
 * function stands in another, is made once.
 */
export function inOrder(changes: Change[]): Change[] {
  return changes
    .toSorted((one, other) => one.start - other.start || one.end - other.end)
    .filter((change, index, sorted) => !isRepeated(change, sorted[index - 1]))
}

/** Whether a change replaces what the one before it does, with the same; what is inserted twice is meant to be. */
function isRepeated({ start, end, text }: Change, before: Change | undefined): boolean {
  return start < end && before?.start === start && before.end === end && before.text === text
}
