import {
  buildOutput,
  type Choice,
  type Manifest,
  renameInManifest,
  type ResolvedOptions,
  type Warning,
} from '@wasm-cos/core'
import { hostOf } from './host.ts'
import { parser } from './parser.ts'
import type { Folder } from './read.ts'
import type { PublicFolder } from './read/public-folder.ts'
import type { Site } from './read/sites.ts'
import { withEarlierRun } from './warn/earlier-run.ts'
import { missingWasmWarnings } from './warn/missing-wasm.ts'

/** What the build of a site needs to know besides its files. */
export interface SiteSettings {
  options: ResolvedOptions
  /** The folder of the project's `package.json`. */
  project: string
  /** Where the folder is served from, if from another origin than its pages. */
  publicUrl?: string
  /** Where more files of the site come from, past the folder. */
  publicFolder?: PublicFolder | undefined
}

/** The files, warnings and changes of one site, by names in the folder. */
export interface BuiltSite {
  files: Manifest['files']
  warnings: Warning[]
  choice: Choice
  changed: Map<string, string>
}

/** Builds a site of a folder as a plugin builds a bundle. Nothing is written. */
export async function buildSite(
  site: Site,
  { texts }: Folder,
  { options, project, publicFolder, publicUrl }: SiteSettings,
): Promise<BuiltSite> {
  const host = hostOf(site, { root: project, publicUrl, textOf: (name) => texts.get(name) })
  // The folder has one manifest, and whether it is changed is decided for all sites at once.
  const built = await buildOutput(host, { ...options, manifest: undefined, strict: false }, parser)
  const { choice, manifest, namedWasm, warnings } = built!
  return {
    files: renameInManifest(manifest, site.nameInFolder).files,
    warnings: [
      ...withEarlierRun(site, manifest, warnings),
      ...missingWasmWarnings(site, namedWasm, publicFolder),
    ],
    choice,
    changed: host.changed,
  }
}
