/** Any character of a word may be written as an escape, `\u0066etch` or `'a\x2ewasm'`; parsers read the character. */
const escapedCharacter = String.raw`\\(?:x|u00|u\{0*)[2-7][\dA-Fa-f]`

/** Where words that matter stand in a script: the parts of its tree around none of them need not be walked. */
export class WordPlaces {
  readonly #places: number[] = []

  constructor(code: string, words: Iterable<string>) {
    const escaped = [...words].map((word) => word.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    const pattern = new RegExp([...escaped, escapedCharacter].join('|'), 'g')
    for (const { index } of code.matchAll(pattern)) this.#places.push(index)
  }

  /** Whether there is one in a part of the script. */
  isIn({ start, end }: { start: number; end: number }): boolean {
    let low = 0
    let high = this.#places.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#places[middle]! < start) low = middle + 1
      else high = middle
    }
    return this.#places[low]! < end
  }
}
