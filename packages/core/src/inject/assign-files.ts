import { hasString } from '../memory/has-string.ts'
import type { HashedFile } from '../output.ts'
import { hashPositionOf } from '../rename/hash-in-name.ts'
import { mayBeAsked } from '../scan/scan-scripts.ts'
import { downloads, namesSeveral, type ScannedScript } from '../scan/scanned-script.ts'
import { ScriptGraph } from '../scan/script-graph.ts'

/**
 * Decides which script answers for which files. A script *loads* if it refers to the global `fetch`, or requests bytes
 * through `XMLHttpRequest`, and mentions `WebAssembly` or refers to a wasm file, or if it is a download helper: it
 * fetches what others name. It answers for the files it refers to, for those that other scripts refer to without
 * being sure to load them themselves, and for those that a worker of its page may ask it for.
 *
 * @param scripts Those that may answer for files.
 */
export function assignFiles(
  scripts: ScannedScript[],
  everyFile: HashedFile[],
): Map<ScannedScript, HashedFile[]> {
  const files = everyFile.filter(
    (file) => !isIdleCopy(file, everyFile, scripts) && !isImported(file, scripts),
  )
  const wasmNames = new Set(files.map(({ fileName }) => fileName))
  const namesWasm = ({ refersTo }: ScannedScript) => [...refersTo].some((name) => wasmNames.has(name))
  const constants = scripts.filter((script) => script.isOfConstants && namesWasm(script))
  /** Whether a script names a wasm file, or imports the name. */
  const refersToWasm = (script: ScannedScript) =>
    namesWasm(script) ||
    script.importedUrls.size > 0 ||
    constants.some(({ file }) => script.imports.has(file.fileName))
  const graph = new ScriptGraph(scripts)
  const loadersBy = (can: Can) => {
    if (!scripts.some(can)) return []
    const others = scripts.filter((one) => namesWasm(one) && !loadsWasm(one, fetches) && !loadsWasm(one, can))
    const helpers = findHelpers(others, graph, can)
    return scripts.filter(
      (script) =>
        helpers.has(script) || (can(script) && (script.mentions.webAssembly || refersToWasm(script))),
    )
  }
  const fetching = loadersBy(fetches)
  const asked = findAsked(scripts, graph, namesWasm)
  const loaders = new Set([...fetching, ...loadersBy(requestsBytes)])
  const handed = findHanded(
    fetching.filter((script) => namesWasm(script) && script.mentions.webAssembly),
    loaders,
    graph,
    wasmNames,
  )
  const receivers = receiversOf(handed)

  const isShared = (fileName: string): boolean => {
    const importers = scripts.filter(({ refersTo }) => refersTo.has(fileName))
    return importers.length === 0 || !importers.every((script) => handed.has(script))
  }

  const shared = new Set([...wasmNames].filter(isShared))
  return new Map(
    [...new Set([...loaders, ...asked.keys()])].map((script) => {
      const own = files.filter(
        ({ fileName }) =>
          shared.has(fileName) ||
          script.refersTo.has(fileName) ||
          script.importedUrls.has(fileName) ||
          asked.get(script)?.has(fileName) ||
          receivers.get(fileName)?.has(script),
      )
      return [
        script,
        files.filter((file) => own.includes(file) || own.some((other) => endsWith(file, other))),
      ]
    }),
  )
}

/**
 * Whether no script refers to a file, but one does to another file with the same bytes: that is the one asked for. A name may
 * be put together of its hash when a script runs, as webpack does for modules that are imported.
 */
function isIdleCopy(file: HashedFile, files: HashedFile[], scripts: ScannedScript[]): boolean {
  const twins = files.filter(({ hash }) => hash.value === file.hash.value)
  const isNamed = ({ fileName }: HashedFile) => scripts.some(({ refersTo }) => refersTo.has(fileName))
  return twins.length > 1 && !isNamed(file) && twins.some(isNamed) && !isJoined(file, scripts)
}

/** Whether a script has the hash in a file's name by itself. */
function isJoined({ fileName }: HashedFile, scripts: ScannedScript[]): boolean {
  const position = hashPositionOf(fileName)
  if (position === undefined) return false
  const hash = fileName.slice(position.start, position.end)
  return scripts.some(({ file }) => hasString(file.code, hash))
}

/** Whether scripts name a file only to import it as a module, which no `fetch` of theirs does. */
function isImported({ fileName }: HashedFile, scripts: ScannedScript[]): boolean {
  const naming = scripts.filter(({ refersTo }) => refersTo.has(fileName))
  return naming.length > 0 && naming.every(({ nativeImports }) => nativeImports.has(fileName))
}

/** Whether a script can download. */
type Can = (script: ScannedScript) => boolean

/** Whether a script is sure to load wasm by itself. */
function loadsWasm(script: ScannedScript, can: Can): boolean {
  return can(script) && script.mentions.webAssembly
}

/**
 * Finds the download helpers: scripts with `fetch` that name neither `WebAssembly` nor a file, such as a chunk with
 * three.js's FileLoader, or ky. A script that names a file without being sure to load it hands the name to what it
 * imports, else to what its importers import, else to a worker or the page that it is a worker of; it needs no helper where
 * one of these is made to load wasm.
 *
 * @param naming The scripts that name a file so.
 * @param can What a helper can: to fetch, or to request bytes.
 */
function findHelpers(naming: ScannedScript[], graph: ScriptGraph, can: Can): Set<ScannedScript> {
  const helpers = new Set<ScannedScript>()
  for (const script of naming) {
    const realm = () => graph.realmOf(script)
    const near = () => graph.importedBy([script])
    const across = () =>
      downloads(script) ? [] : [...graph.startedBy(realm()), ...graph.startersOf(realm())]
    for (const reach of [near, realm, across]) {
      const able = [...reach()].filter((one) => one !== script && can(one))
      if (!able.some((one) => loadsWasm(one, can))) for (const helper of able) helpers.add(helper)
      if (able.length > 0 || can(script)) break
    }
  }
  return helpers
}

/**
 * Finds the loaders to which a script may hand its files though it fetches and compiles by itself: all below it, if it names one,
 * or several files, of which it need not load all.
 *
 * @param sure The scripts that fetch and compile a file that they name.
 */
function findHanded(
  sure: ScannedScript[],
  loaders: ReadonlySet<ScannedScript>,
  graph: ScriptGraph,
  wasmNames: ReadonlySet<string>,
): Map<ScannedScript, ScannedScript[]> {
  return new Map(
    sure.map((script) => {
      const mayHand =
        namesSeveral(script, wasmNames) || graph.namedBy(script).some((other) => loaders.has(other))
      return [script, mayHand ? [...graph.below(script)].filter((other) => loaders.has(other)) : []]
    }),
  )
}

/** The loaders to which each file may be handed, by its name. */
function receiversOf(handed: ReadonlyMap<ScannedScript, ScannedScript[]>): Map<string, Set<ScannedScript>> {
  const receivers = new Map<string, Set<ScannedScript>>()
  for (const [script, others] of handed) {
    for (const fileName of others.length > 0 ? script.refersTo : []) {
      const known = receivers.get(fileName) ?? new Set()
      receivers.set(fileName, known)
      for (const one of others) known.add(one)
    }
  }
  return receivers
}

/**
 * Finds the scripts that a worker may ask to fetch: pdf.js has the page do that unless it is told otherwise. They can
 * download, send messages, and have a word about wasm (`wasmUrl`), which most pages with workers have not.
 *
 * @returns For each of them the files that workers of its page refer to.
 */
function findAsked(
  scripts: ScannedScript[],
  graph: ScriptGraph,
  namesWasm: (script: ScannedScript) => boolean,
): Map<ScannedScript, Set<string>> {
  const asked = new Map<ScannedScript, Set<string>>()
  const able = scripts.filter(mayBeAsked)
  if (able.length === 0) return asked
  for (const worker of scripts) {
    const realms = [...graph.startersOf([worker])]
      .map((one) => graph.realmOf(one))
      .filter((realm) => !realm.has(worker))
    if (realms.length === 0) continue
    const files = [worker, ...graph.importedBy([worker])]
      .filter(namesWasm)
      .flatMap(({ refersTo }) => [...refersTo])
    if (files.length === 0) continue
    for (const script of able) {
      if (!realms.some((realm) => realm.has(script))) continue
      asked.set(script, new Set([...(asked.get(script) ?? []), ...files]))
    }
  }
  return asked
}

function fetches({ fetchReferences }: ScannedScript): boolean {
  return fetchReferences.length > 0
}

function requestsBytes({ xhrReferences }: ScannedScript): boolean {
  return xhrReferences.length > 0
}

/** Whether a request for a file would also match the name of another, so that the stub has to know both. */
function endsWith(file: HashedFile, other: HashedFile): boolean {
  return file.fileName.endsWith(`/${other.fileName}`)
}
