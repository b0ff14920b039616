import type { Readable } from 'node:stream'
import type { Entry, Grant } from './entry.ts'
import type { Shelf } from './shelf.ts'
import { siteOf } from './site.ts'

/** A store as a page asks for it. */
export interface StoreRequest {
  hash: string
  /** The storing origin, from the browser. */
  origin: string
  /** Who may read it besides the storing site; absent: nobody. */
  origins?: Grant | undefined
  type: string
}

/** The entries of the host and the rules on who may see them. */
export class Registry {
  readonly #shelf: Shelf
  readonly #entries: Map<string, Entry>

  private constructor(shelf: Shelf, entries: Entry[]) {
    this.#shelf = shelf
    this.#entries = new Map(entries.map((entry) => [entry.hash, entry]))
  }

  static async open(shelf: Shelf): Promise<Registry> {
    return new Registry(shelf, await shelf.load())
  }

  /** The entry of a hash, if it is stored and visible to an origin. */
  find(hash: string, origin: string): Entry | undefined {
    const entry = this.#entries.get(hash)
    return entry !== undefined && isVisible(entry, origin) ? entry : undefined
  }

  /** The bytes of an entry. */
  read(entry: Entry): Readable {
    return this.#shelf.open(entry.hash)
  }

  /**
   * Stores bytes under their hash, or widens who may see them.
   *
   * @returns Whether the bytes have that hash; otherwise nothing was stored.
   */
  async store(request: StoreRequest, source: AsyncIterable<Uint8Array>): Promise<boolean> {
    const staged = await this.#shelf.stage(source)
    if (staged.sha256 !== request.hash) {
      await staged.discard()
      return false
    }
    await staged.keep(request.hash)
    const { hash, type, origin, origins = [] } = request
    const known = this.#entries.get(hash)
    await this.#put({
      hash,
      size: staged.size,
      type,
      origins: widen(known?.origins ?? [], origins),
      storedBy: union(known?.storedBy ?? [], [origin]),
    })
    return true
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

  async #put(entry: Entry): Promise<void> {
    this.#entries.set(entry.hash, entry)
    await this.#shelf.describe(entry)
  }
}

/** Whoever stored an entry sees it, with their whole site; besides them whoever it was opened to. */
function isVisible({ origins, storedBy }: Entry, origin: string): boolean {
  if (origins === '*' || origins.includes(origin)) return true
  const site = siteOf(origin)
  return site !== undefined && storedBy.some((storer) => siteOf(storer) === site)
}

/** What was opened stays open. */
function widen(known: Grant, asked: Grant): Grant {
  return known === '*' || asked === '*' ? '*' : union(known, asked)
}

function union(first: string[], second: string[]): string[] {
  return [...new Set([...first, ...second])]
}
