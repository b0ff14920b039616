import { existsSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  buildOutput,
  findDependencyFiles,
  hasString,
  isFault,
  type Manifest,
  type ManifestFile,
  manifestOf,
  manifestText,
  matchDependencyFiles,
  type HashedWasmFile,
  type ScriptFile,
  type Warning,
} from '@wasm-cos/core'
import { hostOf, type SiteHost } from '../host.ts'
import { parser } from '../parser.ts'
import { type Folder, readTexts } from '../read.ts'
import { hashFiles } from '../read/hash-files.ts'
import { findWasmFiles } from '../read/wasm-files.ts'
import { carrierOf } from '../read/inline-scripts.ts'
import { importMapsIn, scriptsIn } from '../read/scripts.ts'
import type { Site } from '../read/sites.ts'
import type { TextsOnDisk } from '../read/texts-on-disk.ts'
import { dependencyCopiesOf } from '../read/dependency-copies.ts'
import { carryOut, everything, planRewrite, type Rewrite } from '../write.ts'
import { type Obstacle, sentenceOf } from '../write/obstacle.ts'
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
  // A script that only names what the bundle loads, as a service worker's list does, takes nothing from it.
  const ofScripts = new Set<Warning['code']>(['inlined', 'loader-as-text', 'scope-unknown', 'stale-hash'])
  const ofFiles = new Set<Warning['code']>(['fetch-replaced', 'not-loaded-by-fetch', 'service-worker'])
  const said = built.warnings.filter(
    ({ code, file = '' }) =>
      ofScripts.has(code) ||
      (ofFiles.has(code) && !loaded.has(file)) ||
      // Of what the bundler emitted it is said already.
      (code === 'no-wasm' && !written.emitted.has(file)),
  )
  const left = await carryOutWhatCanBe(written, fileNames, editsOf(scripts, host), onDisk)
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

/**
 * The wasm files that these scripts may load: those that they name, and those that no script of the bundle loads.
 *
 * @param loaded What scripts of the bundle load.
 */
async function findWasm(
  { folder, files, project }: WrittenFolder,
  fileNames: string[],
  {
    texts,
    scripts,
    loaded,
  }: { texts: Map<string, string>; scripts: ScriptFile[]; loaded: ReadonlySet<string> },
): Promise<HashedWasmFile[]> {
  const found = findWasmFiles(fileNames, texts).filter(
    // Scripts of the bundle may be the ones that decompress what ships compressed alone.
    ({ fileName, onDisk }) =>
      (!loaded.has(fileName) && onDisk.endsWith('.wasm')) || isNamed(fileName, scripts),
  )
  const contents = await hashFiles(
    found.map(({ onDisk, isDecoded }) => ({ path: join(folder, onDisk), isDecoded })),
  )
  const shipped = await matchDependencyFiles(await findDependencyFiles(project), contents)
  return found.map(({ fileName }, index): HashedWasmFile => {
    const content = contents[index]!
    const known = files.find((file) => file.fileName === fileName)
    const sources = (known?.sources ?? []).flatMap((source) => ('hash' in source ? source : []))
    return {
      type: 'wasm',
      fileName,
      ...content,
      sources: [...dependencyCopiesOf({ fileName, ...content }, shipped), ...sources],
    }
  })
}

function isNamed(fileName: string, scripts: ScriptFile[]): boolean {
  return scripts.some(({ code }) => hasString(code, basename(fileName)))
}

/** Whether no script asks for a file, but for another one with the same bytes. */
function isIdleCopy({ file, hash }: ManifestFile, rows: ManifestFile[], scripts: ScriptFile[]): boolean {
  return (
    !isNamed(file, scripts) &&
    rows.some((other) => other.hash.value === hash.value && isNamed(other.file, scripts))
  )
}

/**
 * Makes the edits that break nothing else.
 *
 * @param edits New texts by name, by the script or page that is edited.
 * @returns Why the others are not made, by the name of the script or page.
 */
async function carryOutWhatCanBe(
  { emitted, folder: path }: WrittenFolder,
  fileNames: string[],
  edits: Map<string, Map<string, string>>,
  onDisk: TextsOnDisk,
): Promise<Map<string, string>> {
  const left = new Map<string, string>()
  if (edits.size === 0) return left
  const folder = { path, fileNames, wasm: [], staleCopies: [], ...readTexts(path, fileNames, onDisk) }
  for (;;) {
    const remaining = [...edits].filter(([name]) => !left.has(name))
    const all = new Map(remaining.flatMap(([, own]) => [...own]))
    const rewrite = await planRewrite(folder, all, everything)
    const [obstacle] = obstaclesOf(rewrite, emitted)
    if (obstacle === undefined) {
      const writtenAnew = [...rewrite.changes.writes.keys()].find((name) => !isAsRead(name, folder))
      if (writtenAnew !== undefined) {
        for (const [name] of remaining) left.set(name, writtenAnewWarning(name, writtenAnew, path))
        return left
      }
      carryOut(folder, rewrite)
      onDisk.forget(rewrite.changes.writes.keys())
      return left
    }
    const causes = new Map<string, Obstacle>()
    for (const [name, own] of remaining) {
      const [cause] = obstaclesOf(await planRewrite(folder, own, everything), emitted)
      if (cause !== undefined) causes.set(name, cause)
    }
    // Where each edit can be made alone, but not all together.
    if (causes.size === 0) for (const [name] of remaining) causes.set(name, obstacle)
    for (const [name, cause] of causes) {
      left.set(
        name,
        `${name} loads wasm and was copied into the output; it was left as it is, since ${reasonOf(cause, name)}. ` +
          adviceOn(cause, path),
      )
    }
  }
}

/** Whether a file still is as it was read: another build may write to the same folder. */
function isAsRead(name: string, { path, texts }: Pick<Folder, 'path' | 'texts'>): boolean {
  const text = texts.get(name)
  if (text === undefined) return true
  const onDisk = join(path, name)
  return existsSync(onDisk) && Buffer.from(text).equals(readFileSync(onDisk))
}

function writtenAnewWarning(name: string, writtenAnew: string, path: string): string {
  return (
    `${name} loads wasm and was copied into the output; it was left as it is, since ${writtenAnew} was written anew meanwhile. Where another ` +
    `build writes to the same folder, let one wait for the other, or run "npx wasm-cos inject" on ${path} once everything is built.`
  )
}

function reasonOf(cause: Obstacle, name: string): string {
  return cause.kind === 'hashed-name' && cause.file !== name
    ? `its name carries a hash of its content, and so does that of ${cause.file}, in which it stands`
    : sentenceOf(cause)
}

/** What to do about an obstacle. A server that knows the size of each file lets no command edit them afterwards. */
function adviceOn({ kind, reason }: Obstacle, path: string): string {
  if (reason === 'digest')
    return "Load the wasm in a module of the bundle, or exclude it with the option 'exclude'."
  const command = `"npx wasm-cos inject" on ${path} once everything is built.`
  return kind === 'hashed-name' || kind === 'name-in-use'
    ? `Ship it under a name without a hash, or run ${command}`
    : `Run ${command}`
}

/** What stands in the way of a rewrite; the names of the bundler's own files do not change any more. */
function obstaclesOf({ obstacles, renamed }: Rewrite, emitted: ReadonlySet<string>): Obstacle[] {
  const renamedByBundler = [...renamed.keys()].filter((name) => emitted.has(name))
  return [
    ...renamedByBundler.map((name): Obstacle => ({ kind: 'hashed-name', file: name, in: name })),
    ...obstacles,
  ]
}

/** Adds the files that scripts beside the bundle load to the manifest that the build has written. */
async function addToManifest(path: string, found: Manifest['files']): Promise<void> {
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  for (const row of found) {
    const known = manifest.files.find(({ file }) => file === row.file)
    if (known === undefined) manifest.files.push(row)
    else {
      known.chunks = [...new Set([...known.chunks, ...row.chunks])]
      if (row.isNamed !== false) delete known.isNamed
    }
  }
  await writeFile(path, manifestText(manifest))
}
