import { disclosureOf } from './disclosure.ts'
import type { Entry } from './entry.ts'
import type { PublicHashList } from './public-hash-list.ts'
import { siteOf } from './site.ts'

/** What stands between a stored file and an origin that asks for it, as far as the host was asked to play it. */
export interface GateOptions {
  /** The hashes that a file stored for everyone is shown under; without it, under any. */
  publicHashList?: PublicHashList | undefined
  /** How often, from 0 to 1, a file stored for everyone is withheld all the same. */
  grease?: number | undefined
  /** How many hashes a site may ask for that it has not stored itself. */
  probeBudget?: number | undefined
}

/** Whether a file is shown, and what the page's console is to say about it. */
export interface Answer {
  found: boolean
  note?: string
}

/** Bytes from which on files are never withheld at random: downloading them again costs too much. */
const greaseLimit = 500 * 1024

const ungated =
  'cos-host: this file was stored for everyone, and is shown to a site that has neither stored it nor was listed. ' +
  'A browser does so only if its hash is on the Public Hash List; start the host with that list to see what happens.'

/** Decides who is shown what. */
export class Gates {
  readonly #options: GateOptions
  /** By site, the hashes of others that were asked for. */
  readonly #probes = new Map<string, Set<string>>()

  constructor(options: GateOptions) {
    this.#options = options
  }

  /** Answers a lookup; the entry may not exist. What is no answer cannot be told from what is not there. */
  look(entry: Entry | undefined, hash: string, origin: string): Answer {
    const disclosure = entry && disclosureOf(entry, origin)
    if (disclosure === 'same-site') return { found: true }
    if (!this.#charge(hash, origin)) return { found: false }
    if (entry === undefined || disclosure === undefined) return { found: false }
    if (disclosure === 'listed') return { found: true }
    if (!this.#isPublic(hash) || this.#isWithheld(entry)) return { found: false }
    return this.#options.publicHashList === undefined ? { found: true, note: ungated } : { found: true }
  }

  /** Whether a handle that an origin was given reads: neither chance nor budget decide a second time. */
  reads(entry: Entry, origin: string): boolean {
    const disclosure = disclosureOf(entry, origin)
    return disclosure === 'everyone' ? this.#isPublic(entry.hash) : disclosure !== undefined
  }

  /** Gives every site its budget back. */
  reset(): void {
    this.#probes.clear()
  }

  #isPublic(hash: string): boolean {
    return this.#options.publicHashList?.has(hash) ?? true
  }

  #isWithheld({ size }: Entry): boolean {
    return size < greaseLimit && Math.random() < (this.#options.grease ?? 0)
  }

  /** Counts a hash once for a site. */
  #charge(hash: string, origin: string): boolean {
    const site = siteOf(origin) ?? origin
    const asked = this.#probes.get(site) ?? new Set()
    this.#probes.set(site, asked)
    if (!asked.has(hash) && asked.size >= (this.#options.probeBudget ?? Infinity)) return false
    asked.add(hash)
    return true
  }
}
