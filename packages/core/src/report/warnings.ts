import { isDependency } from '../packages/installed-package.ts'
import { hasContent } from '../hash/content-id.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { isExcludedScript } from '../options/selected-files.ts'
import type { HashedFile, Warning } from '../output.ts'
import { hashPositionOf } from '../rename/hash-in-name.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'
import { mayBeServiceWorker } from '../scan/may-be-service-worker.ts'
import { fetchReplaced } from './fetch-replaced.ts'
import { namesFile, sharedBesideText } from './loader-as-text.ts'
import { importedAsModule, loadedAsText, notFromStorage, type Reason } from './not-from-storage.ts'

/** What is known of a build besides its files and scripts. */
export interface Outcome {
  /** The files whose hashes each script carries, by the script's name. */
  carried: Map<string, HashedFile[]>
  /** Scripts that run where another script of the build, or they themselves, replace `fetch`: which one. */
  replaced: Map<ScannedScript, ScannedScript>
  options: ResolvedOptions
}

/** Inlined modules of fewer bytes are probes, which ask whether a browser has a feature: most have 40 to 100 bytes. */
export const smallestModule = 256

/** Finds out why files that take part may not be shared after all, chunk by chunk and file by file. */
export function findWarnings(
  scripts: ScannedScript[],
  files: HashedFile[],
  { carried, replaced, options }: Outcome,
): Warning[] {
  const loaded = new Set([...carried.values()].flat())
  const fileNames = new Set(files.map(({ fileName }) => fileName))
  const hasToDoWithWasm = ({ mentions, refersTo }: ScannedScript) =>
    fileNames.size > 0 && (mentions.webAssembly || [...refersTo].some((name) => fileNames.has(name)))
  /** What replaces `fetch` for a script, or for a worker of its. */
  const replacerFor = (script: ScannedScript) =>
    replaced.get(script) ??
    scripts.filter(({ file }) => script.refersTo.has(file.fileName)).find((other) => replaced.has(other))
  const meant = scripts.filter(({ file }) => !isExcludedScript(file, options))
  const left = files
    .filter((file) => !loaded.has(file))
    .flatMap((file) =>
      scripts
        .filter((script) => namesFile(script, file))
        .map((script) => ({ file, script, replacedBy: replacerFor(script) })),
    )
  return [
    ...meant
      .filter(({ inlinedWasm }) => inlinedWasm >= smallestModule)
      .map(({ file, inlinedWasm }) => inlinedWarning(file.fileName, inlinedWasm)),
    ...meant.filter((script) => script.doubt && hasToDoWithWasm(script)).map(inDoubt),
    ...left
      .filter(({ replacedBy }) => replacedBy === undefined)
      .map(({ file, script }) => notLoaded(file, script)),
    ...inServiceWorkers(scripts, files, carried),
    ...fetchReplaced(
      left.flatMap(({ replacedBy, ...one }) => (replacedBy === undefined ? [] : { ...one, replacedBy })),
    ),
    ...meant.flatMap((script) => {
      const named = files.filter((file) => loaded.has(file) && namesFile(script, file))
      // Where another script has the name, it is one of those that this one answers for.
      return sharedBesideText(script, named.length > 0 ? named : (carried.get(script.file.fileName) ?? []))
    }),
    ...files.filter(isChangedDependency).map(dependencyChanged),
  ]
}

/** Warns that a script or a page carries a wasm module of so many bytes. */
export function inlinedWarning(fileName: string, size: number): Warning {
  return {
    code: 'inlined',
    message:
      `${fileName} carries a wasm module as base64 (${(size / 1000).toFixed(1)} kB), which has no URL and no hash to share it by. ` +
      "Let the bundler emit it as a file (import './module.wasm?cos'; Vite: 'build.assetsInlineLimit', but in library mode; " +
      "webpack: 'asset/resource'; esbuild: loader 'file'), " +
      `or, where a dependency ships it so, exclude this file with the option 'exclude': ${patternOf(fileName)}.`,
  }
}

/** The name of a script as a pattern: a hash in it changes with the content. */
function patternOf(fileName: string): string {
  const position = hashPositionOf(fileName)
  const name =
    position === undefined ? fileName : `${fileName.slice(0, position.start)}*${fileName.slice(position.end)}`
  return `'${name}'`
}

function inDoubt({ file, doubt }: ScannedScript): Warning {
  const what =
    doubt === 'eval'
      ? "calls fetch() in a function with direct eval, which can declare another 'fetch' there: these calls were left as they are. " +
        'Use (0, eval)(code) or new Function(code), which cannot'
      : "has 'with' or declares 'fetch' in a block of sloppy code, so that nobody can tell which fetch() is the global one: it was left as it is. " +
        'Make it strict code'
  return {
    code: 'scope-unknown',
    message: `${file.fileName} ${what}, or, in a dependency, exclude this script with the option 'exclude': ${patternOf(file.fileName)}.`,
  }
}

function notLoaded({ fileName }: HashedFile, script: ScannedScript): Warning {
  return {
    code: 'not-loaded-by-fetch',
    file: fileName,
    message: notFromStorage(fileName, reasonOf(fileName, script)),
  }
}

/**
 * Says of files that only service workers load that these have no Cross-Origin Storage. Nothing else depends on what is guessed
 * here: a script can have their words for another reason.
 *
 * @see https://wicg.github.io/cross-origin-storage/
 */
function inServiceWorkers(
  scripts: ScannedScript[],
  files: HashedFile[],
  carried: Outcome['carried'],
): Warning[] {
  const workers = new Set(
    scripts.flatMap(({ file: { code, fileName } }) =>
      carried.get(fileName)?.length && mayBeServiceWorker(code) ? [fileName] : [],
    ),
  )
  if (workers.size === 0) return []
  return files.flatMap((file): Warning[] => {
    const loading = [...carried].flatMap(([name, all]) => (all.includes(file) ? [name] : []))
    if (loading.length === 0 || !loading.every((name) => workers.has(name))) return []
    const message =
      `${file.fileName} is loaded by ${loading.join(' and ')} alone, which may be a service worker: these have no Cross-Origin Storage, ` +
      'and download what their caches lack. If it runs in pages, all is well.'
    return [{ code: 'service-worker', file: file.fileName, message }]
  })
}

/** Says why a script that names a file does not get it from the storage, and what to do. */
function reasonOf(
  fileName: string,
  { file, mentions, nativeImports, doubt, loadersAsText }: ScannedScript,
): Reason {
  const advice = 'Load it with WebAssembly.instantiateStreaming(fetch(url))'
  const name = file.fileName
  if (nativeImports.has(fileName)) return importedAsModule(name)
  if (doubt !== undefined) return { reason: `${name} names it and was left as it is`, advice }
  if (loadersAsText.length > 0) return loadedAsText(name)
  if (mentions.syncRequest) {
    return {
      reason: `${name} loads it through synchronous requests, which cannot wait for a lookup`,
      advice:
        "Use the dependency's asynchronous build ('web' of wasm-bindgen) or load it with WebAssembly.instantiateStreaming(fetch(url))",
    }
  }
  if (mentions.xmlHttpRequest) {
    return {
      reason: `${name} loads it through XMLHttpRequest in another way than new XMLHttpRequest() with responseType 'arraybuffer' or 'blob'`,
      advice,
    }
  }
  if (mentions.syncCompile) {
    return { reason: `${name} compiles it with new WebAssembly.Module`, advice }
  }
  return {
    reason: `${name} names it, but neither it nor a script that it imports calls fetch() where this can be seen`,
    advice,
  }
}

/** Whether the file comes from a dependency, but not byte for byte. */
function isChangedDependency(file: HashedFile): boolean {
  const { sources } = file
  return sources.some(({ path }) => isDependency(path)) && !sources.some((source) => hasContent(source, file))
}

function dependencyChanged({ fileName, sources }: HashedFile): Warning {
  return {
    code: 'dependency-changed',
    message:
      `${fileName} differs from ${sources.find(({ path }) => isDependency(path))!.path}: the build changed it, so that it is not ` +
      "the file other sites ship and a visitor's copy of theirs cannot serve it. Ship the dependency's file as it is to share it.",
  }
}
