/** How many strings are searched for one by one, which is what engines do best. */
const few = 50
/** How many characters are looked at first: what follows is looked at where some string begins with them. */
const prefixLength = 4
const filterSize = 2 ** 20

/** Strings to be found in texts. However many there are, each text is read once. */
export class Substrings {
  readonly #strings: Set<string>
  readonly #lengths: number[]
  /** Where there are many: tells for most positions at once that none begins there. */
  readonly #filter: Uint8Array | undefined

  constructor(strings: Iterable<string>) {
    this.#strings = new Set(strings)
    this.#lengths = [...new Set(Array.from(this.#strings, ({ length }) => length))]
    if (this.#strings.size > few) this.#filter = filterOf(this.#strings)
  }

  /** Those that a text has. */
  in(text: string): Set<string> {
    if (this.#filter === undefined)
      return new Set([...this.#strings].filter((string) => text.includes(string)))
    const found = new Set<string>()
    for (const at of candidates(text, this.#filter)) for (const string of this.at(text, at)) found.add(string)
    return found
  }

  /** Those that begin at a position. */
  at(text: string, start: number): string[] {
    const strings = this.#lengths.map((length) => text.slice(start, start + length))
    return strings.filter((string) => this.#strings.has(string))
  }

  /** The positions where one begins, and perhaps others, in order. */
  starts(text: string): Iterable<number> {
    if (this.#filter !== undefined) return candidates(text, this.#filter)
    const starts: number[] = []
    for (const string of this.#strings)
      for (let at = text.indexOf(string); at !== -1; at = text.indexOf(string, at + 1)) starts.push(at)
    return starts.toSorted((one, other) => one - other)
  }
}

function filterOf(strings: Iterable<string>): Uint8Array {
  const filter = new Uint8Array(filterSize)
  for (const string of strings) {
    if (string.length < prefixLength) filter.fill(1)
    else filter[filterIndex(string, 0)] = 1
  }
  return filter
}

/** Where a string may begin, in order. */
function* candidates(text: string, filter: Uint8Array): Generator<number> {
  for (let at = 0; at < text.length; at++) if (filter[filterIndex(text, at)] !== 0) yield at
}

function filterIndex(text: string, at: number): number {
  let index = 0
  for (let offset = 0; offset < prefixLength; offset++)
    index = (Math.imul(index, 61) + text.charCodeAt(at + offset)) | 0
  return index & (filterSize - 1)
}
