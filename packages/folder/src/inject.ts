import { relative } from 'node:path'
import {
  findDependencyFiles,
  hintWarnings,
  manifestOf,
  matchDependencyFiles,
  type ProcessedOutput,
  processOutput,
  type ResolvedOptions,
  type Warning,
} from '@wasm-cos/core'
import { parser } from './parser.ts'
import { twinsOf } from './read/twins.ts'
import { editFolder, pageOf } from './write/edit-folder.ts'
import type { Folder } from './folder.ts'
import { withEarlierRun } from './read/earlier-run.ts'
import { isIn, type Site, sitesIn } from './read/sites.ts'
import { carryOut, type Obstacle, planRewrite, type RewriteOptions } from './write/rewrite.ts'

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
  manifest: ProcessedOutput['manifest']
}

/** Does to a folder what the plugins do to a bundle. */
export async function inject(folder: Folder, settings: InjectSettings): Promise<Injected> {
  const { options, project } = settings
  await findSources(folder, project)
  const sites = sitesIn(folder)
  const result = mergeSites(sites.map((site) => [site, processSite(site, settings)]))
  const manifest = namePages(result.manifest)
  const edited = editFolder(folder, result.edits)
  if (options.manifest !== undefined) addManifest(edited, folder, options.manifest, manifest)
  const shared = manifest.files.filter(({ chunks }) => chunks.length > 0).map(({ file }) => file)
  const warnings = [
    ...result.warnings,
    ...hintWarnings(folder.texts, shared),
    ...outsideSites(folder, sites),
    ...unreadable(folder),
  ]

  const rewrite = await planRewrite(folder, edited, settings)
  const { changes, obstacles, renamed } = rewrite
  const common = { obstacles, warnings, renamed: Object.fromEntries(renamed), manifest }
  if (obstacles.length > 0 || (options.strict && warnings.length > 0)) {
    return { outcome: 'refused', written: [], ...common }
  }
  await carryOut(folder, rewrite)
  const written = [...changes.writes.keys()]
  return { outcome: written.length > 0 ? 'changed' : 'unchanged', written, ...common }
}

/** Adds to the wasm files the dependencies' files that they are copies of. */
async function findSources({ wasm }: Folder, project: string): Promise<void> {
  if (wasm.length === 0) return
  const shipped = await matchDependencyFiles(await findDependencyFiles(project), wasm)
  for (const file of wasm) file.sources = twinsOf(file, shipped)
}

function processSite(site: Site, { options, project, publicUrl }: InjectSettings): ProcessedOutput {
  const result = processOutput([...site.wasm, ...site.scripts], {
    options,
    parser,
    sourceName: (path) => relative(project, path).replaceAll('\\', '/'),
    ...(publicUrl !== undefined && { publicUrl }),
  })
  return { ...result, warnings: withEarlierRun(site, result) }
}

/** What is to be done in all sites, by names in the folder. */
function mergeSites(
  results: [Site, ProcessedOutput][],
): Pick<ProcessedOutput, 'edits' | 'manifest' | 'warnings'> {
  const warnings = results.flatMap(([, { warnings }]) => warnings)
  return {
    edits: results.flatMap(([{ nameInFolder }, { edits }]) =>
      edits.map((edit) => ({ ...edit, fileName: nameInFolder(edit.fileName) })),
    ),
    manifest: manifestOf(
      results.flatMap(([{ nameInFolder }, { manifest }]) =>
        manifest.files.map((row) => ({
          ...row,
          file: nameInFolder(row.file),
          chunks: row.chunks.map(nameInFolder),
        })),
      ),
    ),
    warnings: [...new Map(warnings.map((warning) => [warning.message, warning])).values()],
  }
}

/** Wasm that ships with no page, unless it is the copy that a server has of what a site ships. */
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

/** In the manifest, a script in a page goes by the name of the page. */
function namePages(manifest: ProcessedOutput['manifest']): ProcessedOutput['manifest'] {
  const files = manifest.files.map((file) => ({ ...file, chunks: [...new Set(file.chunks.map(pageOf))] }))
  return { ...manifest, files }
}

function addManifest(
  edited: Map<string, string>,
  { texts }: Folder,
  name: string,
  manifest: ProcessedOutput['manifest'],
): void {
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`
  if (texts.get(name) !== text) edited.set(name, text)
}

function unreadable({ unreadable, wasm }: Folder): Warning[] {
  if (wasm.length === 0) return []
  return unreadable.map((name) => ({
    code: 'not-parsed',
    message: `${name} is not UTF-8 and was left as it is. Save it as UTF-8 if it loads wasm.`,
  }))
}
