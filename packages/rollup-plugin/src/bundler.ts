import type { HashedWasmFile, HashPosition } from '@wasm-cos/core'
import type { PublicFolder } from '@wasm-cos/folder/beside-bundle'
import type { OutputOptions } from './rollup-types.ts'

/** What differs between the bundlers that have Rollup's hooks, for one call of a hook. */
export interface Bundler {
  /** An object that stands for the build: the hooks of a build have the same one, builds side by side have their own. */
  build: object
  /** The folder that relative names of original files start from. */
  root: () => string
  /** Why an output does not take part, as the end of a sentence: "is for a server". */
  reasonToSkip: (output: OutputOptions) => string | undefined
  /** Where the output is served from, if the build says so with an absolute URL. */
  publicUrl: () => string | undefined
  /** The wasm files that ship beside the bundle, hashed. */
  filesBeside: () => Promise<HashedWasmFile[]>
  /** Whether wasm assets ship as they were emitted: none of the plugins sees files in the bundle or on disk and may change one. */
  keepsAssets?: (plugins: readonly object[]) => boolean
  /** The files that an emitted file was made from, where its bundle does not tell; absolute, or relative to the root. */
  originalsOf?: (fileName: string) => readonly string[]
  /** The URL by which a script names a file that ships beside the bundle, if the build's configuration says that. */
  urlOfBeside?: (fileName: string, script: string) => string | undefined
  /** Where the name of an emitted script that is no chunk carries a hash of its content. */
  hashPositionOf: (fileName: string) => HashPosition | undefined
  /**
   * Whether code that the build has not may name an emitted script that is no chunk: the server's half of an application, which
   * gets the URL from a build of its own and puts it into pages.
   */
  namesScriptsElsewhere?: () => boolean
  /**
   * Keeps the last look at a build's outputs for later, where a framework copies them with more files once the bundler has
   * written them. `finish` gets the folder that they were copied to.
   */
  finishLater?: ((finish: (folder?: string) => Promise<void>) => void) | undefined
  /** Where more files of the site come from, which neither the bundler nor its plugins copy. */
  publicFolder?: () => PublicFolder | undefined
  /** When the work began of which the build is a part, in milliseconds since 1970; undefined if that is the build's own start. */
  since?: () => number | undefined
  /** Shows the table at the end of the build. */
  print: (report: string) => void
}
