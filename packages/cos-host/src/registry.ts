import type { Readable } from 'node:stream'
import type { Entry, Grant } from './entry.ts'
import { maximumOrigins } from './origins.ts'
import { Refusal } from './refusal.ts'
import type { Shelf } from './shelf.ts'

/** A store as a page asks for it. */
export interface StoreRequest {
  hash: string
  /** The storing origin, from the browser. */
  origin: string
  /** Who may read it besides the storing site; absent: nobody. */
  grant?: Grant | undefined
}

/** What came of a store. */
export interface Stored {
  /** The origins that were asked for and did not fit on the entry's list. */
  dropped: string[]
}

/** The entries of the host. */
export class Registry {
  readonly #shelf: Shelf
  readonly #entries: Map<string, Entry>
  readonly #quota: number

  private constructor(shelf: Shelf, entries: Entry[], quota: number) {
    this.#shelf = shelf
    this.#entries = new Map(entries.map((entry) => [entry.hash, entry]))
    this.#quota = quota
  }

  /** @param quota How many bytes an origin may store. */
  static async open(shelf: Shelf, quota: number): Promise<Registry> {
    return new Registry(shelf, await shelf.load(), quota)
  }

  find(hash: string): Entry | undefined {
    return this.#entries.get(hash)
  }

  /** The bytes of an entry. */
  read(entry: Entry): Readable {
    return this.#shelf.open(entry.hash)
  }

  /**
   * Stores bytes under their hash, or widens who may see them.
   *
   * @throws {Refusal} `DataError` if the bytes do not have the hash, `QuotaExceededError` if the origin has no room for
   * them; nothing is stored then.
   */
  async store(
    { hash, origin, grant = [] }: StoreRequest,
    source: AsyncIterable<Uint8Array>,
  ): Promise<Stored> {
    const staged = await this.#shelf.stage(source)
    const refusal = this.#refuse(hash, origin, staged)
    if (refusal !== undefined) {
      await staged.discard()
      throw refusal
    }
    await staged.keep(hash)
    const known = this.#entries.get(hash) ?? { storedBy: [], origins: [], everyone: false }
    const origins = union(known.origins, grant === '*' ? [] : grant)
    await this.#put({
      hash,
      size: staged.size,
      storedBy: union(known.storedBy, [origin]),
      origins: origins.slice(0, maximumOrigins),
      everyone: known.everyone || grant === '*',
    })
    return { dropped: origins.slice(maximumOrigins) }
  }

  /** Puts bytes under a hash that need not be theirs, in place of what was there. */
  async plant(entry: Omit<Entry, 'size'>, source: AsyncIterable<Uint8Array>): Promise<void> {
    const staged = await this.#shelf.stage(source)
    await staged.keep(entry.hash)
    await this.#put({ ...entry, size: staged.size })
  }

  /** Every entry, visible or not. */
  list(): Entry[] {
    return structuredClone([...this.#entries.values()])
  }

  async clear(): Promise<void> {
    this.#entries.clear()
    await this.#shelf.clear()
  }

  #refuse(hash: string, origin: string, staged: { sha256: string; size: number }): Refusal | undefined {
    if (staged.sha256 !== hash) {
      return new Refusal(
        'DataError',
        `The bytes written do not have the SHA-256 ${hash}; nothing was stored.`,
      )
    }
    const others = this.list().filter((entry) => entry.hash !== hash && entry.storedBy.includes(origin))
    const used = others.reduce((sum, { size }) => sum + size, 0)
    if (used + staged.size <= this.#quota) return undefined
    return new Refusal(
      'QuotaExceededError',
      `${origin} has stored ${used} bytes of ${this.#quota}: there is no room for ${staged.size} more.`,
    )
  }

  async #put(entry: Entry): Promise<void> {
    this.#entries.set(entry.hash, entry)
    await this.#shelf.describe(entry)
  }
}

function union(first: string[], second: string[]): string[] {
  return [...new Set([...first, ...second])]
}
