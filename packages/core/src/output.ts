import type { WasmHash } from '@wasm-cos/runtime'
import type { FileVersion } from './memory/file-version.ts'
import type { NoWasm } from './hash/no-wasm.ts'

export type { WasmHash }

/** What identifies the content of a file that nobody needs to hold in memory. */
export interface ContentId {
  /** Bytes. */
  size: number
  hash: WasmHash
  /** What it is instead of wasm, where that can be told. */
  noWasm?: NoWasm
}

/** A file in `node_modules` or of the application from which the build made an emitted file. */
export interface SourceFile {
  /** Absolute path. */
  path: string
  bytes: Uint8Array
}

/** A source file that is hashed already. */
export interface HashedSourceFile extends ContentId {
  path: string
  /** What it was when it was hashed, if that was on disk. */
  fileVersion?: FileVersion
}

/** An emitted `.wasm`, with the bytes that ship. */
export interface WasmFile {
  type: 'wasm'
  /** Path within the output, with forward slashes: `assets/sql-wasm-CXIAVl5-.wasm`. */
  fileName: string
  bytes: Uint8Array
  /** The modules or files it was made from, as far as the bundler knows. */
  sources: (SourceFile | HashedSourceFile)[]
}

/** An emitted `.wasm` that was hashed already: of any size, without its bytes in memory. */
export interface HashedWasmFile extends ContentId {
  type: 'wasm'
  fileName: string
  sources: HashedSourceFile[]
}

/** A wasm file with its hash: what may take part, and what an embedded hash can stand for. */
export interface CandidateFile extends ContentId {
  fileName: string
  sources: (SourceFile | HashedSourceFile)[]
}

/** An emitted script: a chunk, a worker, or a file that was copied. */
export interface ScriptFile {
  type: 'script'
  fileName: string
  code: string
  /**
   * `module` where the bundler knows that the file runs as one, `either` where it has written one that a page may load as a
   * classic script, too; its syntax decides, as it does without a format.
   */
  format?: 'module' | 'script' | 'either'
  /** Emitted files that it refers to by the bundler's records, besides those that string literals name. */
  refersTo?: string[]
  /**
   * The name of the list from which webpack's runtime takes the chunks that it has loaded, where the bundler's records are gone: scripts
   * that have the same one can be on a page together.
   */
  chunkList?: string
  /** Whether it runs in a worker by the bundler's records, which do not say who starts it. */
  isWorker?: boolean
  /** The page that it stands in, and where its code starts there in UTF-16 code units; absent for a file of its own. */
  page?: { fileName: string; start: number }
}

/** An emitted script that is not UTF-8: it is left as it is. */
export interface UnreadableFile {
  type: 'unreadable'
  fileName: string
}

/**
 * An import map in a page: by it, scripts name files with words of their own.
 *
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#import-maps
 */
export interface ImportMap {
  type: 'import-map'
  /** The page. */
  fileName: string
  /** URLs by specifier, those of every scope too. A specifier that ends with a slash stands for all that begins with it. */
  imports: ReadonlyMap<string, string>
}

/** What a build emits, as far as it matters here. */
export type OutputFile = WasmFile | HashedWasmFile | ScriptFile | UnreadableFile | ImportMap

/** Who may read a stored file: any site, or the listed origins; `[]` for same-site origins only. */
export type Origins = '*' | readonly string[]

/** A wasm file that takes part, with all that is known of it. */
export interface HashedFile extends ContentId {
  fileName: string
  sources: (SourceFile | HashedSourceFile)[]
  origins: Origins
}

/** Replaces the characters from `start` up to `end` (in UTF-16 code units, as `String.prototype.slice` counts). */
export interface Change {
  start: number
  end: number
  text: string
}

/** What to change in one emitted script. */
export interface Edit {
  fileName: string
  /** In order of position, without overlap. */
  changes: Change[]
  /** The wasm files whose hashes the script carries after the edit. */
  files: HashedFile[]
}

/** Something the user should know; an error under `strict`, but for those that may be meant so: see is-fault.ts. */
export interface Warning {
  code:
    | 'inlined'
    | 'not-loaded-by-fetch'
    | 'loader-as-text'
    | 'fetch-replaced'
    | 'scope-unknown'
    | 'dependency-changed'
    | 'library'
    | 'pattern-matches-nothing'
    | 'nothing-large-enough'
    | 'many-origins'
    | 'no-wasm'
    | 'downloads-anyway'
    | 'precached'
    | 'service-worker'
    | 'stale-copy'
    | 'stale-hash'
    | 'instrumented-before'
    | 'not-parsed'
    | 'unforeseen'
  message: string
  /** The wasm file that is not shared, by path within the output, where it is for this one that the warning is. */
  file?: string
}

/** Where the content hash stands in a file name, as `String.prototype.slice` counts. */
export interface HashPosition {
  start: number
  end: number
}
