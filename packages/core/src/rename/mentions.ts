import type { HashedName } from './hashed-names.ts'

/** A text, and where it mentions hashed names. */
export interface MentioningText {
  text: string
  /** In order of position, without overlap. */
  places: { start: number; name: HashedName }[]
  /** Source maps in Base64 that stand in the text. */
  maps: { start: number; end: number; map: MentioningText }[]
}

/** How many different hashes are searched for one by one, which is what engines do best. */
const fewHashes = 50
/** How many characters of a hash are looked at first: what follows is looked at where these occur in some name. */
const prefixLength = 4
const filterSize = 2 ** 20

/**
 * Finds the mentions of hashed names. If there are many, each text is read once: at every position, the characters that
 * follow are looked up among the hashes, and where they are one, the rest of the name is compared.
 */
export class NameIndex {
  readonly #byHash = new Map<string, HashedName[]>()
  readonly #lengths: number[]
  /** Tells for most positions at once that no hash begins there. */
  readonly #filter = new Uint8Array(filterSize)

  constructor(names: Iterable<HashedName>) {
    for (const name of names) {
      const hash = name.written.slice(name.hash.start, name.hash.end)
      const others = this.#byHash.get(hash)
      if (others === undefined) this.#byHash.set(hash, [name])
      else others.push(name)
      if (hash.length < prefixLength) this.#filter.fill(1)
      else this.#filter[filterIndex(hash, 0)] = 1
    }
    this.#lengths = [...new Set(Array.from(this.#byHash.keys(), ({ length }) => length))]
  }

  /** Finds the names that a text mentions, also in a source map that stands in it. */
  read(text: string): MentioningText {
    const maps = Array.from(text.matchAll(base64Map), ({ 0: match, 1: before, 2: base64, index }) => ({
      start: index + before!.length,
      end: index + match.length,
      map: this.read(Buffer.from(base64!, 'base64').toString()),
    }))
    return { text, places: this.#placesIn(text), maps: maps.filter(({ map }) => map.places.length > 0) }
  }

  #placesIn(text: string): MentioningText['places'] {
    const places: MentioningText['places'] = []
    let end = 0
    for (const at of this.#byHash.size > fewHashes ? this.#candidates(text) : this.#hashesIn(text)) {
      const place = this.#placeAt(text, at)
      if (place === undefined || place.start < end) continue
      places.push(place)
      end = place.start + place.name.written.length
    }
    return places
  }

  /** Where hashes begin, in order. */
  #hashesIn(text: string): number[] {
    const starts: number[] = []
    for (const hash of this.#byHash.keys())
      for (let at = text.indexOf(hash); at !== -1; at = text.indexOf(hash, at + 1)) starts.push(at)
    return starts.toSorted((one, other) => one - other)
  }

  /** Where hashes may begin, in order. */
  *#candidates(text: string): Generator<number> {
    for (let at = 0; at < text.length; at++) if (this.#filter[filterIndex(text, at)] !== 0) yield at
  }

  /** The longest name whose hash begins here: a name may be the end of another one with the same hash. */
  #placeAt(text: string, at: number): MentioningText['places'][number] | undefined {
    let found: MentioningText['places'][number] | undefined
    for (const length of this.#lengths) {
      for (const name of this.#byHash.get(text.slice(at, at + length)) ?? []) {
        const { written, hash } = name
        const start = at - hash.start
        if (start < 0 || !text.startsWith(written, start) || goesOn(text, start, name)) continue
        if (found === undefined || written.length > found.name.written.length) found = { start, name }
      }
    }
    return found
  }
}

/** Whether what stands here is the beginning of a longer name: `a-1234.js` in `a-1234.json`. */
function goesOn(text: string, start: number, { written, hash }: HashedName): boolean {
  return hash.end < written.length && /[\w-]/.test(text.charAt(start + written.length))
}

function filterIndex(text: string, at: number): number {
  let index = 0
  for (let offset = 0; offset < prefixLength; offset++)
    index = (Math.imul(index, 61) + text.charCodeAt(at + offset)) | 0
  return index & (filterSize - 1)
}

const base64Map = /(sourceMappingURL=data:application\/json;(?:charset=[^;,]+;)?base64,)([\w+/=]+)/g

/** The names that a text mentions. */
export function namesIn({ places, maps }: MentioningText): Set<HashedName> {
  return new Set([...places.map(({ name }) => name), ...maps.flatMap(({ map }) => [...namesIn(map)])])
}

/** A text with other names in it. */
export function withNames(
  { text, places, maps }: MentioningText,
  newNameOf: (name: HashedName) => string | undefined,
): string {
  const changes = [
    ...places.flatMap(({ start, name }) => {
      const newName = newNameOf(name)
      return newName === undefined ? [] : [{ start, end: start + name.written.length, text: newName }]
    }),
    ...maps.flatMap(({ start, end, map }) => {
      const renamed = withNames(map, newNameOf)
      return renamed === map.text ? [] : [{ start, end, text: Buffer.from(renamed).toString('base64') }]
    }),
  ].toSorted((one, other) => one.start - other.start)
  if (changes.length === 0) return text
  const pieces: string[] = []
  let end = 0
  for (const change of changes) {
    pieces.push(text.slice(end, change.start), change.text)
    end = change.end
  }
  return pieces.join('') + text.slice(end)
}
