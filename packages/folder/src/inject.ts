import {
  buildOutput,
  type Choice,
  choiceWarnings,
  findDependencyFiles,
  hintWarnings,
  isFault,
  type Manifest,
  manifestOf,
  manifestText,
  matchDependencyFiles,
  type ResolvedOptions,
  type Warning,
} from '@wasm-cos/core'
import { hostOf } from './host.ts'
import { parser } from './parser.ts'
import type { Folder } from './read.ts'
import { withEarlierRun } from './read/earlier-run.ts'
import { missingWasm } from './read/missing-wasm.ts'
import { isIn, type Site, sitesIn } from './read/sites.ts'
import { dependencyCopiesOf } from './read/dependency-copies.ts'
import { carryOut, planRewrite, type RewriteOptions } from './write.ts'
import type { Obstacle } from './write/obstacle.ts'

/** What `inject` needs to know besides the folder. */
export interface InjectSettings extends RewriteOptions {
  options: ResolvedOptions
  /** The folder of the project's `package.json`. */
  project: string
  /** Where the folder is served from, if from another origin than its pages. */
  publicUrl?: string
}

/** What `inject` did, or why it did nothing. */
export interface Injected {
  /** `unchanged`: there was nothing to do. `refused`: obstacles, or warnings under `strict`. */
  outcome: 'changed' | 'unchanged' | 'refused'
  /** Names of the files that were written, new names for those that were renamed. */
  written: string[]
  renamed: Record<string, string>
  obstacles: Obstacle[]
  warnings: Warning[]
  manifest: Manifest
}

/** Builds the sites of a folder as a plugin builds a bundle: each site is one output, and all are written or none. */
export async function inject(folder: Folder, settings: InjectSettings): Promise<Injected> {
  const { options, project } = settings
  await findSources(folder, project)
  const sites = sitesIn(folder)
  const built = await Promise.all(sites.map((site) => buildSite(site, folder, settings)))
  const manifest = manifestOf(built.flatMap(({ files }) => files))
  const edited = new Map(built.flatMap(({ changed }) => [...changed]))
  if (options.manifest !== undefined) addManifest(edited, folder, options.manifest, manifest)
  const shared = manifest.files.filter(({ chunks }) => chunks.length > 0).map(({ file }) => file)
  const warnings = [
    ...withoutCopies(built.flatMap((site) => site.warnings)),
    ...hintWarnings(folder.texts, shared),
    ...outsideSites(folder, sites),
    ...choiceWarnings(
      built.map(({ choice }) => choice),
      options,
    ),
  ]

  const rewrite = await planRewrite(folder, edited, settings)
  const { changes, obstacles, renamed } = rewrite
  const common = { obstacles, warnings, renamed: Object.fromEntries(renamed), manifest }
  if (obstacles.length > 0 || (options.strict && warnings.some(isFault))) {
    return { outcome: 'refused', written: [], ...common }
  }
  carryOut(folder, rewrite)
  const written = [...changes.writes.keys()]
  return { outcome: written.length > 0 ? 'changed' : 'unchanged', written, ...common }
}

/** Finds the files of dependencies that a folder's wasm files are copies of, and adds them as sources. */
async function findSources({ wasm }: Folder, project: string): Promise<void> {
  if (wasm.length === 0) return
  const shipped = await matchDependencyFiles(await findDependencyFiles(project), wasm)
  for (const file of wasm) file.sources = dependencyCopiesOf(file, shipped)
}

/** The files, warnings and changes of one site, by names in the folder. */
interface BuiltSite {
  files: Manifest['files']
  warnings: Warning[]
  choice: Choice
  changed: Map<string, string>
}

async function buildSite(
  site: Site,
  { texts }: Folder,
  { options, project, publicUrl }: InjectSettings,
): Promise<BuiltSite> {
  const host = hostOf(site, { root: project, publicUrl, textOf: (name) => texts.get(name) })
  // The folder has one manifest, and whether it is changed is decided for all sites at once.
  const built = await buildOutput(host, { ...options, manifest: undefined, strict: false }, parser)
  const { choice, manifest, namedWasm, warnings } = built!
  const files = manifest.files.map((row) => ({
    ...row,
    file: site.nameInFolder(row.file),
    chunks: row.chunks.map(site.nameInFolder),
  }))
  return {
    files,
    warnings: [...withEarlierRun(site, manifest, warnings), ...missingWasm(site, namedWasm)],
    choice,
    changed: host.changed,
  }
}

/** Warnings, each once: sites may have the same file, and the same warning of it. */
function withoutCopies(warnings: Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()]
}

/** Warns of wasm that ships with no page, unless it is the copy that a server has of a site's file. */
function outsideSites({ wasm }: Folder, sites: Site[]): Warning[] {
  const roots = sites.map(({ root }) => root)
  const shipped = new Set(sites.flatMap((site) => site.wasm.map(({ hash }) => hash.value)))
  return wasm
    .filter(({ fileName, hash }) => !roots.some((root) => isIn(fileName, root)) && !shipped.has(hash.value))
    .map(({ fileName }) => ({
      code: 'not-loaded-by-fetch',
      message:
        `${fileName} is in no site: the pages of this folder are in ${roots.join(', ')}. It was left as it is; ` +
        'if browsers load it, run the command on the folder that is served.',
    }))
}

function addManifest(edited: Map<string, string>, { texts }: Folder, name: string, manifest: Manifest): void {
  const text = manifestText(manifest)
  if (texts.get(name) !== text) edited.set(name, text)
}
