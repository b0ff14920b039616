import { ScriptGraph } from './realms.ts'
import type { ScannedScript } from './scan.ts'

/** What only service workers have: their events, and how they take over pages. */
const words =
  /\baddEventListener\(\s*["'`](?:install|fetch)["'`]|\bskipWaiting\(\)|\bclients\.claim\(\)|\bself\.onfetch\s*=/

/** Whether code is that of a service worker, as far as its words tell; a page that has one's text, or a script for both, registers it. */
export function isServiceWorker(code: string): boolean {
  return words.test(code) && !/\bserviceWorker\b/.test(code)
}

/** The scripts of an output that run in service workers, where there is no Cross-Origin Storage. */
export class ServiceWorkers {
  readonly #scripts: ScannedScript[]
  readonly #found: ReadonlySet<ScannedScript>
  readonly #mayLoad: boolean

  constructor(scripts: ScannedScript[]) {
    this.#scripts = scripts
    this.#found = findScripts(scripts)
    // One that does not compile has a list of what pages load.
    this.#mayLoad = [...this.#found].some(({ mentions }) => mentions.webAssembly)
  }

  has(script: ScannedScript): boolean {
    return this.#found.has(script)
  }

  /** Whether nothing else may load a file. */
  loadAlone(fileName: string): boolean {
    if (!this.#mayLoad) return false
    const naming = this.#scripts.filter(({ refersTo }) => refersTo.has(fileName))
    return naming.length > 0 && naming.every((script) => this.has(script))
  }
}

/** Finds the scripts that are a service worker, and what nothing but such a script imports. */
function findScripts(scripts: ScannedScript[]): Set<ScannedScript> {
  const workers = new Set(scripts.filter((script) => script.isServiceWorker))
  if (workers.size === 0) return workers
  const graph = new ScriptGraph(scripts)
  const reached = new Set([...workers, ...graph.importedBy(workers)])
  const isOfPage = (script: ScannedScript): boolean =>
    [...graph.importersOf([script])].some((importer) => !reached.has(importer))
  return new Set([...reached].filter((script) => workers.has(script) || !isOfPage(script)))
}
