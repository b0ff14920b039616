import { join } from 'node:path'
import {
  choiceWarnings,
  findDependencyFiles,
  hintWarnings,
  isFault,
  type Manifest,
  manifestOf,
  manifestText,
  matchDependencyFiles,
  renameInManifest,
  type Warning,
  whyNoManifest,
} from '@wasm-cos/core'
import { buildSite, type SiteSettings } from './build-site.ts'
import { FolderError } from './folder-error.ts'
import type { Folder } from './read.ts'
import { dependencyCopiesOf } from './read/dependency-copies.ts'
import { isNextBuild, publicFolderBeside } from './read/next.ts'
import { nextPublicFolder, type PublicFolder } from './read/public-folder.ts'
import { isIn, type Site, sitesIn } from './read/sites.ts'
import { publicGlueWarnings } from './warn/public-glue.ts'
import { carryOut, planRewrite, type RewriteOptions } from './write.ts'
import { editCopiesOfNext } from './write/copies-of-next.ts'
import type { Obstacle } from './write/obstacle.ts'

/** What `inject` needs to know besides the folder. */
export interface InjectSettings extends RewriteOptions, Omit<SiteSettings, 'publicFolder'> {
  /** The hashes in names that the folder's bundler has told, by name. */
  hashes?: ReadonlyMap<string, string>
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
  const isNext = isNextBuild('', folder.fileNames)
  const publicFolder = isNext ? nextPublicFolder(join(project, 'public')) : undefined
  const built = await Promise.all(
    sites.map((site) =>
      buildSite(site, folder, { ...settings, publicFolder: publicFolderOf(site, folder, project) }),
    ),
  )
  const manifest = manifestOf(built.flatMap(({ files }) => files))
  const edited = new Map(built.flatMap(({ changed }) => [...changed]))
  if (isNext) editCopiesOfNext(edited, folder.texts)
  if (options.manifest !== undefined) addManifest(edited, folder, options.manifest, manifest)
  const shared = manifest.files.filter(({ chunks }) => chunks.length > 0).map(({ file }) => file)
  const warnings = [
    ...withoutCopies(built.flatMap((site) => site.warnings)),
    ...hintWarnings(folder.texts, shared),
    ...(publicFolder === undefined ? [] : await publicGlueWarnings(publicFolder, settings, folder.path)),
    ...outsideSites(folder, sites),
    ...folder.staleCopies
      .filter(({ file }) => shared.includes(file))
      .map(({ problem, file }): Warning => ({ code: 'stale-copy', message: problem, file })),
    ...choiceWarnings(
      built.map(({ choice }) => choice),
      options,
    ),
  ]

  const rewrite = await planRewrite(folder, edited, settings, settings.hashes)
  const { changes, obstacles, renamed } = rewrite
  const common = { obstacles, warnings, renamed: Object.fromEntries(renamed), manifest }
  if (obstacles.length > 0 || (options.strict && warnings.some(isFault))) {
    return { outcome: 'refused', written: [], ...common }
  }
  carryOut(folder, rewrite)
  const written = [...changes.writes.keys()]
  return {
    ...common,
    outcome: written.length > 0 ? 'changed' : 'unchanged',
    written,
    manifest: renameInManifest(manifest, (fileName) => renamed.get(fileName) ?? fileName),
  }
}

/** Finds the files of dependencies that a folder's wasm files are copies of, and adds them as sources. */
async function findSources({ wasm }: Folder, project: string): Promise<void> {
  if (wasm.length === 0) return
  const shipped = await matchDependencyFiles(await findDependencyFiles(project), wasm)
  for (const file of wasm) file.sources = dependencyCopiesOf(file, shipped)
}

/** Where a site of Next.js has more files: in the project, or beside a build that was copied with them. */
function publicFolderOf(
  { root }: Site,
  { fileNames, path }: Folder,
  project: string,
): PublicFolder | undefined {
  if (!isNextBuild(root, fileNames)) return undefined
  return nextPublicFolder(root === '' ? join(project, 'public') : join(path, publicFolderBeside(root)))
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

/** @throws {FolderError} If something else has the name of the manifest. */
function addManifest(
  edited: Map<string, string>,
  { fileNames, texts }: Folder,
  name: string,
  manifest: Manifest,
): void {
  const reason = whyNoManifest(name, fileNames, (fileName) => texts.get(fileName))
  if (reason !== undefined) throw new FolderError(reason)
  const text = manifestText(manifest)
  if (texts.get(name) !== text) edited.set(name, text)
}
