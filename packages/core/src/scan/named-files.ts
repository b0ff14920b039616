import { append } from '../append.ts'
import type { ImportMap } from '../output.ts'
import { decoded } from '../syntax/decoded.ts'

/** Longer strings are data, not paths; Linux allows 4096 bytes. */
const longestPath = 4096

/** Finds the emitted files that a string in a chunk names. */
export interface Names {
  /**
   * Every string that names one of them has one of these in it, unless it is percent-encoded: what is after the last dot,
   * or the longest word of a name without one, as scripts in pages have (`index.html#1`).
   */
  readonly endings: ReadonlySet<string>

  /**
   * The files that a string can stand for: a URL, an absolute path below any base, or a path relative to any folder
   * of the output.
   */
  namedBy(text: string): string[]

  /** The URL that import maps have for a specifier; where they have none, the specifier. */
  meantBy(specifier: string): string
}

/** The emitted files by their names. */
export class FileNames implements Names {
  readonly endings: Set<string> = new Set()
  readonly #byBaseName = new Map<string, string[]>()
  readonly #mapped = new Map<string, string>()
  readonly #mappedFolders: [specifier: string, url: string][] = []

  constructor(fileNames: Iterable<string>, importMaps: ImportMap[] = []) {
    for (const fileName of fileNames) {
      const baseName = baseNameOf(fileName)
      this.endings.add(/\.[\w-]*$/.exec(baseName)?.[0] ?? longestWord(baseName))
      append(this.#byBaseName, baseName, fileName)
    }
    for (const [specifier, url] of importMaps.flatMap(({ imports }) => [...imports])) {
      if (specifier.endsWith('/')) this.#mappedFolders.push([specifier, url])
      else if (this.namedBy(url).length > 0) this.#mapped.set(specifier, url)
    }
    this.#mappedFolders.sort(([one], [other]) => other.length - one.length)
    for (const specifier of this.#mapped.keys()) for (const one of inQuotes(specifier)) this.endings.add(one)
  }

  meantBy(specifier: string): string {
    const url = this.#mapped.get(specifier)
    if (url !== undefined) return url
    const [folder, place] = this.#mappedFolders.find(([folder]) => specifier.startsWith(folder)) ?? ['', '']
    return place + specifier.slice(folder.length)
  }

  namedBy(text: string): string[] {
    if (text.length > longestPath) return []
    const path = pathOf(text)
    return (this.#byBaseName.get(baseNameOf(path)) ?? []).filter(
      (fileName) => isPathEnd(path, fileName) || isPathEnd(fileName, path),
    )
  }
}

/** Names that remember what was asked of them, so that others can be told to be the same to who asked. */
export class RecordedNames implements Names {
  readonly endings: ReadonlySet<string>
  readonly #names: Names
  readonly #answers = new Map<string, string[]>()
  readonly #meanings = new Map<string, string>()

  constructor(names: Names) {
    this.endings = names.endings
    this.#names = names
  }

  namedBy(text: string): string[] {
    const answer = this.#names.namedBy(text)
    if (text.length <= longestPath) this.#answers.set(text, answer)
    return answer
  }

  meantBy(specifier: string): string {
    const meaning = this.#names.meantBy(specifier)
    this.#meanings.set(specifier, meaning)
    return meaning
  }

  /** Whether other names would have given the same answers. */
  areAnsweredBy(names: Names): boolean {
    const isSame = (some: string[], others: string[]): boolean =>
      some.length === others.length && some.every((name, index) => name === others[index])
    return (
      this.endings.size === names.endings.size &&
      [...this.endings].every((ending) => names.endings.has(ending)) &&
      [...this.#answers].every(([text, answer]) => isSame(answer, names.namedBy(text))) &&
      [...this.#meanings].every(([specifier, meaning]) => meaning === names.meantBy(specifier))
    )
  }
}

/** A specifier as scripts write it. Some are single letters, which stand everywhere. */
export function inQuotes(specifier: string): string[] {
  return Array.from('"\'`', (quote) => quote + specifier + quote)
}

function longestWord(name: string): string {
  return (name.match(/[\w#-]+/g) ?? ['']).reduce((longest, word) =>
    word.length > longest.length ? word : longest,
  )
}

export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The path of a URL or path, decoded, without query, fragment and leading `./` or `../`. */
function pathOf(text: string): string {
  return decoded(text.replace(/[?#].*$/s, '').replace(/^(\.{0,2}\/)+/, ''))
}

/** Whether a path ends with another, whole segments of it. */
export function isPathEnd(end: string, path: string): boolean {
  return path === end || path.endsWith(`/${end}`)
}
