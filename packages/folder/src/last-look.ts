import { stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import {
  type Edit,
  type HashedFile,
  loadParser,
  type Manifest,
  type MeasuredWasmFile,
  processOutput,
  type ResolvedOptions,
  type ScriptFile,
} from '@wasm-cos/core'
import { listFiles, pageName, readTexts, scriptName } from './folder.ts'
import { findDependencyFiles, matchDependencyFiles, twinsOf } from './read/dependencies.ts'
import { measureFiles } from './read/hash-files.ts'
import { scriptsIn } from './read/scripts.ts'
import { editFolder, pageOf } from './write/edit-folder.ts'
import { sentenceOf } from './write/obstacle.ts'
import { carryOut, everything, type Obstacle, planRewrite } from './write/rewrite.ts'

/** An output that a bundler has written, as its adapter knows it. */
export interface WrittenBuild {
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
}

/** What the last look found and did. */
export interface LastLook {
  /** The wasm files that copied scripts and pages load from Cross-Origin Storage now. */
  manifest: Manifest
  /** Why others do not, with what to do. */
  warnings: string[]
}

/**
 * Takes the last look at an output, once everything is written: scripts that were copied beside their wasm (`public/`, copy
 * steps) and scripts in pages, which the bundler never handed to its adapter, get the stub as those of the bundle did. They
 * are edited in place, all or none, with the integrity attributes, digests and compressed copies that depend on them. A
 * script whose name would have to change, or that something else would be broken by, is left as it is with a warning.
 */
export async function lookAtRest(build: WrittenBuild): Promise<LastLook> {
  const nothing: LastLook = { manifest: { version: 1, files: [] }, warnings: [] }
  const fileNames = await listFiles(build.folder)
  if (!fileNames.some((name) => name.endsWith('.wasm'))) return nothing
  const scripts = await findScripts(build, fileNames)
  if (scripts.length === 0) return nothing

  const parser = await loadParser()
  const wasm = await findWasm(build, fileNames, scripts)
  const result = processOutput([...wasm, ...scripts], {
    options: build.options,
    parser,
    sourceName: (path) => relative(build.project, path).replaceAll('\\', '/'),
    ...(build.publicUrl !== undefined && { publicUrl: build.publicUrl }),
  })
  const warnings = result.warnings.filter(
    ({ code }) => code === 'not-loaded-by-fetch' || code === 'stale-hash',
  )
  const left = await carryOutWhatCanBe(build, fileNames, result.edits)
  const chunksOf = (chunks: string[]) => [...new Set(chunks.map(pageOf))].filter((name) => !left.has(name))
  const rows = result.manifest.files.map((row) => ({ ...row, chunks: chunksOf(row.chunks) }))
  return {
    manifest: { version: 1, files: rows.filter(({ chunks }) => chunks.length > 0) },
    warnings: [...warnings.map(({ message }) => message), ...left.values()],
  }
}

/** The scripts that were copied in this build and may load wasm, and those in its pages. */
async function findScripts(
  { folder, emitted, since }: WrittenBuild,
  fileNames: string[],
): Promise<ScriptFile[]> {
  const candidates = fileNames.filter(
    (name) => pageName.test(name) || (scriptName.test(name) && !emitted.has(name)),
  )
  const times = await Promise.all(candidates.map(async (name) => (await stat(join(folder, name))).ctimeMs))
  const fresh = candidates.filter((_, index) => times[index]! >= since)
  const { texts } = await readTexts(folder, fresh)
  return scriptsIn([...texts].filter(([, text]) => mayLoadWasm(text))).filter(({ code }) => mayLoadWasm(code))
}

function mayLoadWasm(text: string): boolean {
  return text.includes('WebAssembly') || text.includes('.wasm')
}

/** The wasm files that these scripts may load: those that they name, and those that no script of the bundle loads. */
async function findWasm(
  { folder, files, manifest, project }: WrittenBuild,
  fileNames: string[],
  scripts: ScriptFile[],
): Promise<MeasuredWasmFile[]> {
  const loaded = new Set(manifest.files.filter(({ chunks }) => chunks.length > 0).map(({ file }) => file))
  const isNamed = (name: string) => scripts.some(({ code }) => code.includes(basename(name)))
  const names = fileNames.filter((name) => name.endsWith('.wasm') && (!loaded.has(name) || isNamed(name)))
  const contents = await measureFiles(names.map((name) => join(folder, name)))
  const shipped = await matchDependencyFiles(await findDependencyFiles(project), contents)
  return names.map((fileName, index): MeasuredWasmFile => {
    const content = contents[index]!
    const known = files.find((file) => file.fileName === fileName)
    const sources = (known?.sources ?? []).flatMap((source) => ('hash' in source ? source : []))
    return {
      type: 'wasm',
      fileName,
      ...content,
      sources: [...twinsOf({ fileName, ...content }, shipped), ...sources],
    }
  })
}

/** Makes the edits that break nothing else. Returns why the others are not made, by the name of the script or page. */
async function carryOutWhatCanBe(
  { emitted, folder: path }: WrittenBuild,
  fileNames: string[],
  edits: Edit[],
): Promise<Map<string, string>> {
  const left = new Map<string, string>()
  if (edits.length === 0) return left
  const folder = { path, fileNames, wasm: [], ...(await readTexts(path, fileNames)) }
  let remaining = edits
  while (remaining.length > 0) {
    const rewrite = await planRewrite(folder, editFolder(folder, remaining), everything)
    const renamesEmitted = [...rewrite.renamed.keys()].some((name) => emitted.has(name))
    const obstacles: Obstacle[] = renamesEmitted
      ? [...rewrite.renamed.keys()].map((name) => ({ kind: 'hashed-name', file: name, in: name }))
      : rewrite.obstacles
    if (obstacles.length === 0) {
      await carryOut(folder, rewrite)
      return left
    }
    const edited = new Set(remaining.map(({ fileName }) => pageOf(fileName)))
    const named = obstacles.filter(({ file }) => edited.has(pageOf(file)))
    // Where the trouble is not an edited file's own, none of the edits can be told from the others.
    const causes =
      named.length > 0 ? named : obstacles.flatMap((cause) => [...edited].map((file) => ({ ...cause, file })))
    for (const cause of causes) {
      const name = pageOf(cause.file)
      left.set(
        name,
        `${name} loads wasm and was copied into the output; it was left as it is, since ${sentenceOf(cause)}. ` +
          `Run "npx wasm-cos inject" on ${path} once everything is built.`,
      )
    }
    remaining = remaining.filter(({ fileName }) => !left.has(pageOf(fileName)))
  }
  return left
}
