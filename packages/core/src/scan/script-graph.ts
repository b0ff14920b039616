import { append } from '../append.ts'
import type { ScannedScript } from './scanned-script.ts'

/** Which scripts import which, and which may start which as workers. */
export class ScriptGraph {
  readonly #scripts: ScannedScript[]
  readonly #byName: Map<string, ScannedScript>
  readonly #importers = new Map<ScannedScript, ScannedScript[]>()
  readonly #starters = new Map<ScannedScript, ScannedScript[]>()
  readonly #chunkLists = new Map<string, ScannedScript[]>()
  readonly #realms = new Map<ScannedScript, ReadonlySet<ScannedScript>>()

  constructor(scripts: ScannedScript[]) {
    this.#scripts = scripts
    this.#byName = new Map(scripts.map((script) => [script.file.fileName, script]))
    for (const script of scripts) {
      if (script.file.chunkList !== undefined) append(this.#chunkLists, script.file.chunkList, script)
      for (const other of this.#imported(script)) append(this.#importers, other, script)
      for (const other of this.#named(script)) append(this.#starters, other, script)
    }
  }

  /** The scripts that some import, directly or through others. */
  importedBy(scripts: Iterable<ScannedScript>): Set<ScannedScript> {
    return spread(scripts, (script) => this.#imported(script))
  }

  /** The other scripts that a script names. */
  namedBy(script: ScannedScript): ScannedScript[] {
    return [...this.#imported(script), ...this.#named(script)].filter((other) => other !== script)
  }

  /**
   * The other scripts that a script names, those that these reach, and those that webpack's runtime may load. Scripts that
   * import or start it are not followed, because through them every script of the page is reached.
   */
  below(script: ScannedScript): Set<ScannedScript> {
    const above = new Set([...this.importersOf([script]), ...(this.#starters.get(script) ?? [])])
    const next = (one: ScannedScript) => (above.has(one) ? [] : this.namedBy(one))
    const first = [...this.namedBy(script), ...this.#withChunkListOf(script)]
    const reached = new Set([...first, ...spread(first, next)])
    reached.delete(script)
    return reached
  }

  /** The scripts that import some, directly or through others. */
  importersOf(scripts: Iterable<ScannedScript>): Set<ScannedScript> {
    return spread(scripts, (script) => this.#importers.get(script) ?? [])
  }

  /** The scripts that a script imports, and those that import it. */
  neighboursOf(script: ScannedScript): ScannedScript[] {
    return [...this.#imported(script), ...(this.#importers.get(script) ?? [])]
  }

  /**
   * The scripts that can run where a script runs: itself, what imports it, what webpack's runtime may load there, and all that
   * these import.
   */
  realmOf(script: ScannedScript): ReadonlySet<ScannedScript> {
    const known = this.#realms.get(script)
    if (known !== undefined) return known
    const importers = this.importersOf([script])
    const list = this.#withChunkListOf(script)
    const whole = new Set([script, ...importers, ...list])
    const realm = new Set([...whole, ...this.importedBy(whole)])
    // Of a list, all that nothing imports have the same one.
    const alike = importers.size > 0 ? [] : list.filter((one) => !this.#importers.has(one))
    for (const one of [script, ...alike]) this.#realms.set(one, realm)
    return realm
  }

  /** The scripts that some name without importing them, and those of workers that any script may start. */
  startedBy(scripts: Iterable<ScannedScript>): Set<ScannedScript> {
    const started = new Set([...scripts].flatMap((script) => this.#named(script)))
    const isPage = [...scripts].some(({ file }) => file.isWorker !== true)
    if (isPage) for (const one of this.#scripts) if (one.file.isWorker === true) started.add(one)
    return started
  }

  /** The scripts that may start some. */
  startersOf(scripts: Iterable<ScannedScript>): Set<ScannedScript> {
    const starters = new Set([...scripts].flatMap((script) => this.#starters.get(script) ?? []))
    const isWorker = [...scripts].some(({ file }) => file.isWorker === true)
    if (isWorker) for (const one of this.#scripts) if (one.file.isWorker !== true) starters.add(one)
    return starters
  }

  #withChunkListOf({ file: { chunkList } }: ScannedScript): ScannedScript[] {
    return (chunkList !== undefined && this.#chunkLists.get(chunkList)) || []
  }

  #imported({ imports }: ScannedScript): ScannedScript[] {
    return [...imports].flatMap((name) => this.#byName.get(name) ?? [])
  }

  #named({ refersTo, imports }: ScannedScript): ScannedScript[] {
    return [...refersTo].flatMap((name) => (imports.has(name) ? [] : (this.#byName.get(name) ?? [])))
  }
}

/** What is reached from some scripts, in one step or more. */
function spread(
  scripts: Iterable<ScannedScript>,
  next: (script: ScannedScript) => ScannedScript[],
): Set<ScannedScript> {
  const found = new Set<ScannedScript>()
  const open = [...scripts]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const other of next(one)) {
      if (found.has(other)) continue
      found.add(other)
      open.push(other)
    }
  }
  return found
}
