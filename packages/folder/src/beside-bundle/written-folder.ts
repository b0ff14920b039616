import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Choice, HashedFile, Manifest, ResolvedOptions } from '@wasm-cos/core'
import type { PublicFolder } from '../read/public-folder.ts'

/** A folder that a bundler has written one or more outputs to, with what the adapter knows of these. */
export interface WrittenFolder {
  /** Absolute path of the output folder. */
  folder: string
  /** When the build began, in milliseconds since 1970: what is older in the folder is not the build's to change. */
  since: number
  /** The names of the files that the bundler emitted: the adapter has seen their scripts. */
  emitted: ReadonlySet<string>
  /** The wasm files that the adapter has hashed. */
  files: HashedFile[]
  /** What the adapter's scripts share. */
  manifest: Manifest
  /** The folder of the project's `package.json`. */
  project: string
  options: ResolvedOptions
  /** Where the output is served from, if that is an absolute URL. */
  publicUrl?: string | undefined
  /** Where more files of the site come from, past the output. */
  publicFolder?: PublicFolder | undefined
}

/** What was done to the files beside a bundle. */
export interface EditedBeside {
  /** The wasm files that copied scripts and pages ask Cross-Origin Storage for now. */
  manifest: Manifest
  /** Why other scripts do not, with what to do. */
  warnings: string[]
  /** What the user should know besides, and is no error under `strict`. */
  notes: string[]
  /** What they gave the options to choose from, if there were any. */
  choice?: Choice
}

/** Whether a file came with this build: what the bundler emitted did, also where it wrote nothing, since the file was there. */
export function cameWithBuild(
  fileName: string,
  { emitted, folder, since }: Pick<WrittenFolder, 'emitted' | 'folder' | 'since'>,
): boolean {
  return emitted.has(fileName) || statSync(join(folder, fileName)).ctimeMs >= since
}

/** Whether a text can load wasm at all. */
export function mayLoadWasm(text: string): boolean {
  return text.includes('WebAssembly') || text.includes('.wasm')
}
