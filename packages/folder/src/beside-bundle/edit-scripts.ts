import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildOutput,
  isFault,
  type ManifestFile,
  manifestOf,
  type ScriptFile,
  type Warning,
} from '@wasm-cos/core'
import { hostOf, type SiteHost } from '../host.ts'
import { parser } from '../parser.ts'
import { carrierOf } from '../read/inline-scripts.ts'
import { importMapsIn, scriptsIn } from '../read/scripts.ts'
import type { Site } from '../read/sites.ts'
import type { TextsOnDisk } from '../read/texts-on-disk.ts'
import { addToManifest } from './add-to-manifest.ts'
import { carryOutEdits } from './carry-out-edits.ts'
import { findWasm, isNamed } from './find-wasm.ts'
import { type EditedBeside, mayLoadWasm, type WrittenFolder } from './written-folder.ts'

/**
 * Edits the scripts and pages of an output that no bundler has handed to its adapter: they are a site of their own, whose
 * root is the output's.
 *
 * @param fileNames Every file of the output.
 * @param texts The copied scripts, and the pages, that may load wasm.
 * @param onDisk Every text of the output.
 */
export async function editScripts(
  written: WrittenFolder,
  fileNames: string[],
  texts: Map<string, string>,
  onDisk: TextsOnDisk,
): Promise<EditedBeside> {
  const { folder, options, project, publicUrl } = written
  const scripts = scriptsIn(texts).filter(({ code }) => mayLoadWasm(code))
  const loaded = new Set(
    written.manifest.files.filter(({ chunks }) => chunks.length > 0).map(({ file }) => file),
  )
  const wasm = await findWasm(written, fileNames, { texts, scripts, loaded })
  const importMaps = importMapsIn(texts)
  const site: Site = { root: '', wasm, scripts, importMaps, unreadable: [], nameInFolder: String }
  // Of the other files, these are the source maps.
  const readOther = (name: string) =>
    fileNames.includes(name) ? readFileSync(join(folder, name), 'utf8') : undefined
  const host = hostOf(site, {
    root: project,
    publicUrl,
    textOf: (name) => texts.get(name) ?? readOther(name),
  })
  // The build has written its manifest, and whether its warnings are errors is decided with those of the hints.
  const forScripts = { ...options, manifest: undefined, strict: false }
  const built = (await buildOutput(host, forScripts, parser))!
  const { manifest } = built
  const said = warningsToSay(built.warnings, written, loaded)
  const left = await carryOutEdits(written, fileNames, editsOf(scripts, host), onDisk)
  const rows = manifest.files.map((row) => ({
    ...row,
    chunks: row.chunks.filter((name) => !left.has(name)),
  }))
  const files = rows.filter((row) => row.chunks.length > 0 && !isIdleCopy(row, rows, scripts))
  if (options.manifest !== undefined && files.length > 0) {
    await addToManifest(join(folder, options.manifest), files)
  }
  return {
    manifest: manifestOf(files),
    warnings: [...said.filter(isFault).map(({ message }) => message), ...left.values()],
    notes: said.filter((warning) => !isFault(warning)).map(({ message }) => message),
    choice: built.choice,
  }
}

/** The warnings of scripts beside the bundle that the build of the bundle has not given. */
function warningsToSay(
  warnings: Warning[],
  { emitted }: WrittenFolder,
  loaded: ReadonlySet<string>,
): Warning[] {
  // A script that only names what the bundle loads, as a service worker's list does, takes nothing from it.
  const ofScripts = new Set<Warning['code']>(['inlined', 'loader-as-text', 'scope-unknown', 'stale-hash'])
  const ofFiles = new Set<Warning['code']>(['fetch-replaced', 'not-loaded-by-fetch', 'service-worker'])
  return warnings.filter(
    ({ code, file = '' }) =>
      ofScripts.has(code) ||
      (ofFiles.has(code) && !loaded.has(file)) ||
      // Of what the bundler emitted it is said already.
      (code === 'no-wasm' && !emitted.has(file)),
  )
}

/** The new texts that belong together, by the script or page that is edited: its own, and that of its source map. */
function editsOf(scripts: ScriptFile[], { changed, mapNameOf }: SiteHost): Map<string, Map<string, string>> {
  const edits = new Map<string, Map<string, string>>()
  for (const name of new Set(scripts.map(carrierOf))) {
    if (!changed.has(name)) continue
    const mapName = mapNameOf(name)
    const own = [...changed].filter(([fileName]) => fileName === name || fileName === mapName)
    edits.set(name, new Map(own))
  }
  return edits
}

/** Whether no script asks for a file, but for another one with the same bytes. */
function isIdleCopy({ file, hash }: ManifestFile, rows: ManifestFile[], scripts: ScriptFile[]): boolean {
  return (
    !isNamed(file, scripts) &&
    rows.some((other) => other.hash.value === hash.value && isNamed(other.file, scripts))
  )
}
