/** How many characters of texts are kept in a process, by each that keeps some. */
const mostCharacters = 2 ** 24

/**
 * What a process keeps from one build to the next: a watcher builds again and again, and most files are what they were. Where
 * it gets too much, what nobody has asked for the longest goes first.
 */
export class Recent<Key, Value> {
  /** The latest last. */
  readonly #entries = new Map<Key, { key: Key; value: Value; size: number }>()
  readonly #most: number
  #size = 0

  /** @param most How much is kept, in what {@link set} counts: characters, if nothing is said. */
  constructor(most: number = mostCharacters) {
    this.#most = most
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(entry.key)
    this.#entries.set(entry.key, entry)
    return entry.value
  }

  /** The key as it is kept: of texts that are equal, the one that is found without a comparison. */
  keyOf(key: Key): Key | undefined {
    return this.#entries.get(key)?.key
  }

  /** @param size How much is kept with the value. */
  set(key: Key, value: Value, size: number): void {
    const kept = this.keyOf(key) ?? key
    this.delete(kept)
    if (size > this.#most) return
    this.#entries.set(kept, { key: kept, value, size })
    this.#size += size
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#most) return
      this.delete(oldest)
    }
  }

  delete(key: Key): void {
    this.#size -= this.#entries.get(key)?.size ?? 0
    this.#entries.delete(key)
  }
}
