import type { Built, Host } from '@wasm-cos/core'
import type { OutputOnDisk } from '@wasm-cos/folder/beside-bundle'
import type { Bundler } from './bundler.ts'
import type { OutputOptions } from './rollup-types.ts'
import { WasmInputs } from './wasm-inputs.ts'
import type { WrittenFiles } from './written-files.ts'

/** What the hooks keep of a build, which may have several outputs. */
export interface Build {
  inputs: WasmInputs
  written: WrittenFiles[]
  unfinished: OutputOnDisk[]
  warned: Set<string>
  /** Whether a watcher has seen a change since it was written: the next build may change the folder at any time. */
  isOvertaken: boolean
  /** When it began, in milliseconds since 1970. */
  since: number
  /** Its plugins, but for those of one output; undefined where a tool that calls the hooks does not tell them. */
  plugins?: readonly object[] | undefined
}

/** An output whose bundle was edited, until it is written. */
export interface EditedOutput {
  host: Host
  built: Built
}

/** A build of which nothing is known yet. */
export function newBuild(): Build {
  return {
    inputs: new WasmInputs(),
    written: [],
    unfinished: [],
    warned: new Set(),
    isOvertaken: false,
    since: Date.now(),
  }
}

/** Whether the wasm assets of an output ship as they were emitted. */
export function keepsAssets({ plugins }: Build, bundler: Bundler, output: OutputOptions): boolean {
  if (plugins === undefined || output.plugins === undefined) return false
  return bundler.keepsAssets?.([...plugins, ...output.plugins]) === true
}
