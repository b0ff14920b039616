import { append } from '../append.ts'
import { hasString } from '../memory/has-string.ts'
import { remember } from '../memory/remember.ts'

/** How many strings are searched for one by one: for more, to look at every character once takes less. */
const few = 4
/** How many characters are looked at first, if all strings have as many: the rest is compared where some string begins so. */
const longestPrefix = 4
/** By how many bits the characters of a prefix are apart in its number. */
const bits = 5

/** What the last search of a text was for, and what it has found. */
const latestStarts = remember((): { strings: string; starts: readonly number[] } => ({
  strings: '',
  starts: [],
}))

/** Strings to be found in texts. However many there are, each text is read once. */
export class Substrings {
  readonly #strings: Set<string>
  /** All strings as one text. */
  readonly #key: string
  readonly #lengths: number[]
  readonly #prefixLength: number
  /** Where there are many: by the number of a prefix, whether some string begins with it. */
  readonly #filter: Uint8Array | undefined

  constructor(strings: Iterable<string>) {
    this.#strings = new Set(strings)
    this.#key = JSON.stringify([...this.#strings])
    this.#lengths = [...new Set(Array.from(this.#strings, ({ length }) => length))]
    this.#prefixLength = Math.min(longestPrefix, ...this.#lengths)
    if (this.#strings.size > few) this.#filter = filterOf(this.#strings, this.#prefixLength)
  }

  /** Those that a text has. */
  in(text: string): Set<string> {
    if (this.#filter === undefined)
      return new Set([...this.#strings].filter((string) => hasString(text, string)))
    return new Set(this.starts(text).flatMap((at) => this.at(text, at)))
  }

  /** Those that a text has, and where each of them begins, in order. */
  positions(text: string): Map<string, number[]> {
    const positions = new Map<string, number[]>()
    for (const start of this.starts(text)) {
      for (const string of this.at(text, start)) append(positions, string, start)
    }
    return positions
  }

  /** Those that begin at a position. */
  at(text: string, start: number): string[] {
    const found: string[] = []
    for (const length of this.#lengths) {
      const string = text.slice(start, start + length)
      // Near the end of a text it is shorter.
      if (string.length === length && this.#strings.has(string)) found.push(string)
    }
    return found
  }

  /** The positions where one begins, and perhaps others, in order. For the same strings a text is read once in a process. */
  starts(text: string): readonly number[] {
    const latest = latestStarts(text)
    if (latest.strings !== this.#key)
      Object.assign(latest, { strings: this.#key, starts: this.#findStarts(text) })
    return latest.starts
  }

  #findStarts(text: string): number[] {
    const starts: number[] = []
    if (this.#filter !== undefined) {
      const before = this.#prefixLength - 1
      const mask = this.#filter.length - 1
      let number = 0
      for (let end = 0; end < text.length; end++) {
        number = withNext(number, text.charCodeAt(end)) & mask
        if (this.#filter[number] !== 0 && end >= before) starts.push(end - before)
      }
      return starts
    }
    for (const string of this.#strings)
      for (let at = text.indexOf(string); at !== -1; at = text.indexOf(string, at + 1)) starts.push(at)
    return [...new Set(starts)].toSorted((one, other) => one - other)
  }
}

function filterOf(strings: Iterable<string>, prefixLength: number): Uint8Array {
  const filter = new Uint8Array(2 ** (bits * prefixLength))
  for (const string of strings) {
    let number = 0
    for (let at = 0; at < prefixLength; at++) number = withNext(number, string.charCodeAt(at))
    filter[number & (filter.length - 1)] = 1
  }
  return filter
}

/** The number of what ends with one more character. Within a mask, that of each further one pushes the oldest out. */
function withNext(number: number, code: number): number {
  return (number << bits) ^ code
}
