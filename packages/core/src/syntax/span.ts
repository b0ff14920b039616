/** A part of a text, from `start` up to `end`, in UTF-16 code units as `String.prototype.slice` counts them. */
export interface Span {
  start: number
  end: number
}

/** Whether a position is in a part of a text. */
export function contains({ start, end }: Span, at: number): boolean {
  return start <= at && at < end
}

/** Where the characters of a string stand, without its quotes. */
export function inside({ start, end }: Span): Span {
  return { start: start + 1, end: end - 1 }
}
