import { readFile, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import {
  type Edit,
  findDependencyFiles,
  loadParser,
  type Manifest,
  type ManifestFile,
  manifestOf,
  matchDependencyFiles,
  type MeasuredWasmFile,
  processOutput,
  type ScriptFile,
} from '@wasm-cos/core'
import { readTexts } from './folder.ts'
import { type LastLook, mayLoadWasm, type WrittenBuild } from './last-look.ts'
import { twinsOf } from './read/twins.ts'
import { measureFiles } from './read/hash-files.ts'
import { scriptsIn } from './read/scripts.ts'
import { editFolder, pageOf } from './write/edit-folder.ts'
import { sentenceOf } from './write/obstacle.ts'
import { carryOut, everything, type Obstacle, planRewrite, type Rewrite } from './write/rewrite.ts'

/**
 * Edits what {@link lookAtRest} has found in an output.
 *
 * @param fileNames Every file of the output.
 * @param texts The copied scripts, and the pages, that may load wasm.
 */
export async function editRest(
  build: WrittenBuild,
  fileNames: string[],
  texts: Map<string, string>,
): Promise<LastLook> {
  const scripts = scriptsIn(texts).filter(({ code }) => mayLoadWasm(code))
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
  const files = rows.filter((row) => row.chunks.length > 0 && !isIdleCopy(row, rows, scripts))
  const { manifest } = build.options
  if (manifest !== undefined && files.length > 0) await addToManifest(join(build.folder, manifest), files)
  return {
    manifest: manifestOf(files),
    warnings: [...warnings.map(({ message }) => message), ...left.values()],
  }
}

/** The wasm files that these scripts may load: those that they name, and those that no script of the bundle loads. */
async function findWasm(
  { folder, files, manifest, project }: WrittenBuild,
  fileNames: string[],
  scripts: ScriptFile[],
): Promise<MeasuredWasmFile[]> {
  const loaded = new Set(manifest.files.filter(({ chunks }) => chunks.length > 0).map(({ file }) => file))
  const names = fileNames.filter(
    (name) => name.endsWith('.wasm') && (!loaded.has(name) || isNamed(name, scripts)),
  )
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

function isNamed(fileName: string, scripts: ScriptFile[]): boolean {
  return scripts.some(({ code }) => code.includes(basename(fileName)))
}

/** Whether no script asks for a file, but for another one with the same bytes. */
function isIdleCopy({ file, hash }: ManifestFile, rows: ManifestFile[], scripts: ScriptFile[]): boolean {
  return (
    !isNamed(file, scripts) &&
    rows.some((other) => other.hash.value === hash.value && isNamed(other.file, scripts))
  )
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
  for (;;) {
    const remaining = new Map<string, Edit[]>()
    for (const edit of edits) {
      const name = pageOf(edit.fileName)
      if (!left.has(name)) remaining.set(name, [...(remaining.get(name) ?? []), edit])
    }
    const rewrite = await planRewrite(folder, editFolder(folder, [...remaining.values()].flat()), everything)
    const [obstacle] = obstaclesOf(rewrite, emitted)
    if (obstacle === undefined) {
      await carryOut(folder, rewrite)
      return left
    }
    const causes = new Map<string, Obstacle>()
    for (const [name, own] of remaining) {
      const [cause] = obstaclesOf(await planRewrite(folder, editFolder(folder, own), everything), emitted)
      if (cause !== undefined) causes.set(name, cause)
    }
    // Where each edit can be made alone, but not all together.
    if (causes.size === 0) for (const name of remaining.keys()) causes.set(name, obstacle)
    for (const [name, cause] of causes) {
      left.set(
        name,
        `${name} loads wasm and was copied into the output; it was left as it is, since ${sentenceOf(cause)}. ` +
          `Run "npx wasm-cos inject" on ${path} once everything is built.`,
      )
    }
  }
}

/** What stands in the way of a rewrite; the names of the bundler's own files do not change any more. */
function obstaclesOf({ obstacles, renamed }: Rewrite, emitted: ReadonlySet<string>): Obstacle[] {
  const renamedByBundler = [...renamed.keys()].filter((name) => emitted.has(name))
  return [
    ...renamedByBundler.map((name): Obstacle => ({ kind: 'hashed-name', file: name, in: name })),
    ...obstacles,
  ]
}

/** Adds the scripts of the last look to the manifest that the build has written. */
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
  await writeFile(path, `${JSON.stringify(manifest, undefined, 2)}\n`)
}
