/** How many characters of texts are kept in a process, by each that keeps some. */
const mostLength = 2 ** 24

/**
 * What a process keeps of texts from one build to the next: a watcher builds again and again, and most texts are what they
 * were. Where it gets too much, what nobody has asked for the longest goes first.
 */
export class Recent<Key, Value> {
  /** The latest last. */
  readonly #entries = new Map<Key, { value: Value; length: number }>()
  #length = 0

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** @param length How many characters are kept with the value. */
  set(key: Key, value: Value, length: number): void {
    this.#delete(key)
    if (length > mostLength) return
    this.#entries.set(key, { value, length })
    this.#length += length
    for (const oldest of this.#entries.keys()) {
      if (this.#length <= mostLength) return
      this.#delete(oldest)
    }
  }

  #delete(key: Key): void {
    this.#length -= this.#entries.get(key)?.length ?? 0
    this.#entries.delete(key)
  }
}
