import { Recent } from '../memory/recent.ts'
import type { Span } from './span.ts'

/** Any character of a word may be written as an escape, `\u0066etch` or `'a\x2ewasm'`; parsers read the character. */
export const escapedCharacter: string = String.raw`\\(?:x|u00|u\{0*)[2-7][\dA-Fa-f]`

/** The positions of words that matter in a script: the parts of its tree around none of them need not be walked. */
export class WordPositions {
  readonly #positions: number[] = []

  constructor(code: string, words: Iterable<string>) {
    const pattern = new RegExp([patternOf(words), escapedCharacter].join('|'), 'g')
    for (const { index } of code.matchAll(pattern)) this.#positions.push(index)
  }

  /** Whether a word stands in a part of the script. */
  isIn(part: Span): boolean {
    return isAnyIn(this.#positions, part)
  }
}

/** Patterns by their words, up to a million characters: most scripts are searched for the same. */
const patterns = new Recent<string, string>(2 ** 20)

/** A pattern for any of some words, wherever they stand. */
export function patternOf(words: Iterable<string>): string {
  const list = [...words]
  const key = list.join('\n')
  const known = patterns.get(key)
  if (known !== undefined) return known
  const pattern = list.map((word) => word.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join('|')
  patterns.set(key, pattern, key.length + pattern.length)
  return pattern
}

/** Whether one of some numbers, in order, is in a range. */
export function isAnyIn(numbers: readonly number[], { start, end }: Span): boolean {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < start) low = middle + 1
    else high = middle
  }
  return numbers[low]! < end
}
