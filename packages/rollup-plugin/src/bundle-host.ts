import type { HashPosition, WasmFile } from '@wasm-cos/core'
import type { OutputOptions } from './rollup-like.ts'

/** What the bundlers with Rollup's hooks do differently, for one call of a hook. */
export interface BundleHost {
  /** What is the same object in all hooks of a build, and another one in those of a build that runs beside it. */
  build: object
  /** The folder that relative names of original files start from. */
  root: () => string
  /** Why an output is none of ours ("builds for a server"), if so. */
  reasonToSkip: (output: OutputOptions) => string | undefined
  /** Where the output is served from, if the build says so with an absolute URL. */
  publicUrl: () => string | undefined
  /** Wasm files that ship beside the bundle. */
  filesBeside: () => Promise<WasmFile[]>
  /** Where the name of an emitted script that is no chunk carries a hash of its content. */
  hashPositionOf: (fileName: string) => HashPosition | undefined
  /** Shows the table at the end of the build. */
  print: (report: string) => void
}
