import type { FilterPattern } from './filter-pattern.ts'
import type { OriginsOption } from './origins.ts'

export type { FilterPattern }

/** What a function given as `origins` is told of a file. */
export interface OriginsFile {
  /** Path within the output. */
  fileName: string
  /** Absolute paths of the modules or files it was made from, as far as the bundler knows. */
  sources: string[]
  /** Size in bytes. */
  size: number
  /** SHA-256, 64 lowercase hexadecimal digits. */
  hash: string
}

/** Options of every wasm-cos plugin and of the command. */
export interface WasmCosOptions {
  /**
   * Which emitted files take part: globs, which are for whole paths and not for base names alone, and regular expressions,
   * matched against the emitted name and the path of the original module.
   *
   * @default every wasm file
   */
  include?: FilterPattern
  /** Which of them don't. The emitted name of a script keeps the build from warning of that script. */
  exclude?: FilterPattern
  /**
   * Who may read what a page stores. `'*'`: any site. `[]`: same-site origins only. A list of at most 100: those HTTPS
   * origins, or `http://localhost` with a port (the extension takes 6), as far as the page's own header `Cross-Origin-Storage-Allow-Origin` names them.
   * `'auto'`: `'*'` for a file that is byte-identical to one shipped in a public dependency, imported from it or copied
   * into the output, same-site for the application's own: a private binary stored for everyone would tell any site that its visitor uses this application.
   * A function is called with each file (`fileName`, `sources`, `size`, `hash`) and returns one of these.
   *
   * Browsers show a file stored for `'*'` to another site once its hash is on the Public Hash List; until then this site
   * finds it, and users of the extension do everywhere.
   *
   * @default 'auto'
   */
  origins?: OriginsOption | ((file: OriginsFile) => OriginsOption)
  /**
   * Check the bytes that Cross-Origin Storage returns before they are used. `'auto'`: unless the browser itself
   * implements the API, for then it has verified every write.
   *
   * @default 'auto'
   */
  verify?: 'auto' | boolean
  /**
   * Enforce the hash on the network path too, in every browser: requests carry it as Subresource Integrity. On a
   * mismatch the file is fetched once more past the HTTP cache, then the request fails; a status that is not `ok` is
   * the page's to see. Browsers do not compile while downloading under Subresource Integrity.
   *
   * @default false
   */
  integrity?: boolean
  /**
   * Milliseconds that a lookup may take before the network starts.
   * It must be more than 0: with 0, no lookup would be in time.
   * The default is four times the slowest of 200 lookups on an overloaded machine
   * ([measured](https://github.com/wasm-cos/wasm-cos/blob/main/packages/runtime/README.md)).
   *
   * @default 500
   */
  lookupTimeout?: number
  /**
   * Bytes; smaller files keep the plain path.
   *
   * @default 0
   */
  minSize?: number
  /**
   * Set it for an output that looks like a library, and that browsers get as it is: a widget, a content script, a UMD file
   * for a `<script>`. Without it, libraries of Vite (`build.lib`), Farm and webpack (CommonJS) are left to the application that
   * bundles them; of other output that `package.json` names for importers there is a warning.
   *
   * @default false
   */
  final?: boolean
  /**
   * Write `wasm-cos.manifest.json` (or a file of the given name) into the output.
   *
   * @default false
   */
  manifest?: boolean | string
  /**
   * Turn the warnings of wasm-cos into build errors, but for those of an output that is left alone (a library, a build for
   * a server) or that a package gives to applications, of a loader that a script carries as text besides, and of service workers.
   *
   * @default false
   */
  strict?: boolean
  /**
   * A Public Hash List, by path: the table at the end of a build then says of each file whether every browser shares it
   * today. The published `.dat`, a CSV with a column `sha256`, or the packed form that `wasm-cos hash-list pack` writes.
   * The path is relative to the current folder. Of a `.dat`, the section `HUGGING-FACE` counts, but not with
   * `{ file, huggingFace: false }`. Without a list, the table says what holds in either case.
   *
   * @see https://github.com/WICG/cross-origin-storage/tree/main/public-hash-list
   */
  publicHashList?: string | { file: string; huggingFace?: boolean }
}
