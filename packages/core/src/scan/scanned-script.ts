import type { EmbeddedHash } from '../embedded/embedded-hash.ts'
import type { Change, ScriptFile } from '../output.ts'
import type { Comparand, FetchReference, GlobalReference } from './global-reference.ts'
import type { Mentions } from './mentions.ts'

/** A script, and what it has to do with wasm. */
export interface ScannedScript {
  file: ScriptFile
  isModule: boolean
  /**
   * Whether only a top-level `await` makes the script a module. Such a text may also run as a function: playgrounds and snippets
   * wrap what they load.
   */
  isModuleByAwait: boolean
  /** Emitted files, wasm and scripts, that it refers to. */
  refersTo: Set<string>
  /** The strings by which it names each of them. */
  namings: Map<string, Set<string>>
  /**
   * Those of them that it runs by `import` or `importScripts`, or by the bundler's records: scripts of the same realm.
   */
  imports: Set<string>
  /** Wasm files that it names only as modules to import: the browser loads them by itself. */
  nativeImports: Set<string>
  fetchReferences: FetchReference[]
  /** What it compares with the global `fetch`, and where it names that to do so. */
  comparands: Comparand[]
  /** Where it constructs an asynchronous `XMLHttpRequest` that may ask for bytes: the name of the global. */
  xhrReferences: GlobalReference[]
  /** What leaves references of `fetch` alone, though they may be the global's, because nobody can know before it runs. */
  doubt?: 'with' | 'eval'
  /** Whether it replaces the global `fetch` by a function that answers in its own way. */
  replacesFetch: boolean
  /** The stub's globals that it declares itself. */
  shadowed: string[]
  mentions: Readonly<Mentions>
  /** The wasm files that constants at its top level name, by the constants. */
  urlConstants: Map<string, string[]>
  /** The wasm files whose URLs it imports from a script that loads wasm: known once all are scanned. */
  importedUrls: Set<string>
  /** Whether it does nothing but to declare constants, as a chunk of URLs that others share. */
  isOfConstants: boolean
  /** Those of its strings that are scripts which fetch wasm: workers that start from text. */
  loadersAsText: LoaderAsText[]
  /** Bytes of the largest wasm module that it carries as base64 or in a data URL; 0 without. */
  inlinedWasm: number
  /** Hashes of wasm files that an earlier tool, or an earlier run of this one, put into it. */
  embeddedHashes: EmbeddedHash[]
  /** What lets it ask Cross-Origin Storage itself where the API has another name than the one it knows. */
  storageChanges: Change[]
  /** Where its first statement begins that is no directive. */
  startOfStatements: number
  /** Where only comments follow. */
  endOfStatements: number
}

/** A loader that a script carries as text. */
export interface LoaderAsText {
  /** The text, without escapes, and out of base64. */
  text: string
  /** Where the literal stands in the script, as `String.prototype.slice` counts. */
  start: number
  end: number
}

/** Whether a script downloads: by `fetch`, or bytes by `XMLHttpRequest`. */
export function downloads({ fetchReferences, xhrReferences }: ScannedScript): boolean {
  return fetchReferences.length + xhrReferences.length > 0
}

/** Whether a script names more than one wasm file. */
export function namesSeveral({ refersTo }: ScannedScript, wasmNames: ReadonlySet<string>): boolean {
  return [...refersTo].filter((name) => wasmNames.has(name)).length > 1
}
