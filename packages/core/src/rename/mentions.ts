import { append } from '../append.ts'
import { inOrder } from '../edit/in-order.ts'
import { splice } from '../edit/splice.ts'
import type { Change } from '../output.ts'
import type { HashedName } from './hashed-names.ts'
import { Substrings } from './substrings.ts'

/** A text, and where it mentions hashed names. */
export interface MentioningText {
  text: string
  /** In order of position, without overlap. */
  places: { start: number; name: HashedName }[]
  /** Source maps in Base64 that stand in the text. */
  maps: { start: number; end: number; map: MentioningText }[]
}

/** Finds the mentions of hashed names: where a text has one of the hashes, the rest of the name is compared. */
export class NameIndex {
  readonly #byHash = new Map<string, HashedName[]>()
  readonly #hashes: Substrings

  constructor(names: Iterable<HashedName>) {
    for (const name of names) {
      append(this.#byHash, name.written.slice(name.hash.start, name.hash.end), name)
    }
    this.#hashes = new Substrings(this.#byHash.keys())
  }

  /** Finds the names that a text mentions, also in a source map that stands in it. */
  read(text: string): MentioningText {
    const maps = text.includes('sourceMappingURL=data:') ? this.#mapsIn(text) : []
    return { text, places: this.#placesIn(text), maps }
  }

  #mapsIn(text: string): MentioningText['maps'] {
    const maps = Array.from(text.matchAll(base64Map), ({ 0: match, 1: before, 2: base64, index }) => ({
      start: index + before!.length,
      end: index + match.length,
      map: this.read(Buffer.from(base64!, 'base64').toString()),
    }))
    return maps.filter(({ map }) => map.places.length > 0)
  }

  #placesIn(text: string): MentioningText['places'] {
    const places: MentioningText['places'] = []
    let end = 0
    for (const at of this.#hashes.starts(text)) {
      const place = this.#placeAt(text, at)
      if (place === undefined || place.start < end) continue
      places.push(place)
      end = place.start + place.name.written.length
    }
    return places
  }

  /** The longest name whose hash begins here: a name may be the end of another one with the same hash. */
  #placeAt(text: string, at: number): MentioningText['places'][number] | undefined {
    let found: MentioningText['places'][number] | undefined
    for (const hashText of this.#hashes.at(text, at)) {
      for (const name of this.#byHash.get(hashText)!) {
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

const base64Map = /(sourceMappingURL=data:application\/json;(?:charset=[^;,]+;)?base64,)([\w+/=]+)/g

/** The names that a text mentions. */
export function* namesIn({ places, maps }: MentioningText): Generator<HashedName, void> {
  for (const { name } of places) yield name
  for (const { map } of maps) yield* namesIn(map)
}

/** A text with other names in it. */
export function withNames(
  { text, places, maps }: MentioningText,
  newNameOf: (name: HashedName) => string | undefined,
): string {
  const changes: Change[] = []
  for (const { start, name } of places) {
    const newName = newNameOf(name)
    if (newName !== undefined) changes.push({ start, end: start + name.written.length, text: newName })
  }
  for (const { start, end, map } of maps) {
    const renamed = withNames(map, newNameOf)
    if (renamed !== map.text) changes.push({ start, end, text: Buffer.from(renamed).toString('base64') })
  }
  return splice(text, maps.length > 0 ? inOrder(changes) : changes)
}
