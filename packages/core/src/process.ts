import { inOrder } from './edit/in-order.ts'
import { assignFiles } from './inject/assign-files.ts'
import { inject } from './inject/inject.ts'
import { findPlaces, type OutputPlaces } from './inject/places.ts'
import { createManifest, type Manifest } from './report/manifest.ts'
import type { ResolvedOptions } from './options/resolve-options.ts'
import type {
  CandidateFile,
  Change,
  Edit,
  HashedFile,
  OutputFile,
  UnreadableFile,
  Warning,
} from './output.ts'
import type { Parser } from './syntax/parser.ts'
import { checkEmbedded, type CheckedHash } from './repair/check-hash.ts'
import { findEarlierOrigins } from './repair/earlier-origins.ts'
import { hashWarnings } from './repair/hash-warnings.ts'
import { repairHash } from './repair/repair-hash.ts'
import { findReplacedRealms } from './scan/realms.ts'
import { scanScripts } from './scan/scan-scripts.ts'
import type { ScannedScript } from './scan/scanned-script.ts'
import { type Choice, choiceOf } from './options/choice.ts'
import { candidateOf, selectFiles } from './options/selected-files.ts'
import { elsewhereWarnings } from './report/elsewhere-warnings.ts'
import { listedOf } from './report/listed.ts'
import { type NamedWasm, namedWasm } from './report/named-wasm.ts'
import { noWasmWarnings } from './report/no-wasm-warnings.ts'
import { originWarnings } from './report/origin-warnings.ts'
import { findPackageUrls } from './report/package-urls.ts'
import { findWarnings } from './report/warnings.ts'

/** What an adapter knows of the build as a whole. */
export interface Build {
  options: ResolvedOptions
  parser: Parser
  /**
   * The folder where the output is served from, if the build says so: an absolute URL (a CDN), or a path that begins with
   * `/`. A relative one says nothing that the URLs of the scripts do not, nor does webpack's `auto`.
   */
  publicUrl?: string
  /** Whether the output may be an extension of a browser, or a part of one: the content scripts of these have no element in the page. */
  isOfExtension?: boolean
  /** `false` for an output that does not load through Cross-Origin Storage; hashes that it carries are made true. */
  injects?: boolean
  /**
   * Whether scripts get nothing more in which a stub has every `fetch`: on disk, a plugin or an earlier run has edited them; a
   * bundler has the stubs of dependencies.
   */
  editsOnce?: boolean
  /** Writes the path of a source file into the manifest; relative to the project, for instance. */
  sourceName?: (path: string) => string
}

/** What to do with a build's output. */
export interface ProcessedOutput {
  edits: Edit[]
  /** The files that take part. */
  files: HashedFile[]
  manifest: Manifest
  warnings: Warning[]
  /** What the options had to choose from: whether they match anything can be told of all outputs of a build together. */
  choice: Choice
  /** The paths of wasm files that stand in scripts, whether or not such a file is part of the output. */
  namedWasm: NamedWasm[]
}

/** From a build's output to a build's output: hash, scan, inject, report. Nothing is written, nothing is changed. */
export function processOutput(
  output: OutputFile[],
  {
    options,
    parser,
    publicUrl,
    isOfExtension = false,
    injects = true,
    editsOnce = false,
    sourceName = String,
  }: Build,
): ProcessedOutput {
  const wasm = hashWasm(output)
  const files = selectFiles(
    wasm.filter(({ noWasm }) => noWasm === undefined),
    options,
  )
  const { scripts, warnings } = scanScripts(
    output.filter((file) => file.type === 'script'),
    wasm,
    parser,
    output.filter((file) => file.type === 'import-map'),
  )

  const checked = new Map(
    scripts.map((script) => {
      const { file, embeddedHashes, refersTo } = script
      return [script, checkEmbedded(embeddedHashes, wasm, { fileName: file.fileName, refersTo })]
    }),
  )
  const glueFiles = sharedByGlue([...checked.values()].flat())
  const replaced = findReplacedRealms(scripts)
  const assigned = assignFiles(
    scripts.filter((script) => !replaced.has(script)),
    files.filter(({ fileName }) => !glueFiles.has(fileName)),
  )

  const places = findPlaces(output, scripts, files, {
    // A content script is built for itself, as a library is.
    isOfExtension: isOfExtension || options.final,
    publicUrl,
  })
  const edits: Edit[] = []
  const carried = new Map<string, HashedFile[]>()
  const answered = new Set<HashedFile>()
  for (const [script, hashes] of checked) {
    const { fileName } = script.file
    const { changes, added, carries } = editScript(script, hashes, {
      files,
      assigned: assigned.get(script) ?? [],
      places,
      options,
      injects,
      editsOnce,
    })
    for (const file of added) answered.add(file)
    carried.set(fileName, carries)
    if (changes.length > 0) edits.push({ fileName, changes: inOrder(changes), files: carries })
    warnings.push(...hashes.flatMap((hash) => hashWarnings(script.file, hash, wasm)))
  }

  const earlier = findEarlierOrigins(files, checked)
  warnings.push(
    ...(wasm.length > 0 ? output.filter((file) => file.type === 'unreadable').map(notUtf8) : []),
    ...earlier.warnings,
    ...findWarnings(scripts, files, { carried, replaced, options }),
    ...elsewhereWarnings(scripts, [...answered], places),
    ...noWasmWarnings(wasm, options),
    ...originWarnings(files),
  )
  const listed = listedOf(files, options)
  const named = new Set(scripts.flatMap(({ refersTo }) => [...refersTo]))
  const manifest = createManifest(files, {
    carried,
    named,
    earlierOrigins: earlier.origins,
    listed,
    packageUrls: findPackageUrls(scripts, [...answered]),
    sourceName,
  })
  return {
    edits,
    files,
    manifest,
    warnings,
    choice: choiceOf(wasm, scripts, options),
    namedWasm: namedWasm(scripts, options),
  }
}

/** Hashes the wasm files of an output, and sorts them: bundlers have them in the order in which they were read, another one each time. */
function hashWasm(output: OutputFile[]): CandidateFile[] {
  return output
    .filter((file) => file.type === 'wasm')
    .map(candidateOf)
    .toSorted((one, other) => (one.fileName < other.fileName ? -1 : 1))
}

/**
 * The names of the files for which Emscripten's glue asks Cross-Origin Storage itself. It is left to do so: two layers would look
 * up and store twice.
 */
function sharedByGlue(hashes: CheckedHash[]): Set<string | undefined> {
  return new Set(hashes.filter(({ by }) => by === 'emscripten').map(({ file }) => file?.fileName))
}

/**
 * Edits one script: repairs the hashes that it carries, and makes it answer for the files that are assigned to it, unless an
 * earlier stub in it does.
 *
 * @returns The changes, the files that it answers for by them, and the files whose hashes it carries then.
 */
function editScript(
  script: ScannedScript,
  hashes: CheckedHash[],
  {
    files,
    assigned,
    places,
    options,
    injects,
    editsOnce,
  }: Required<Pick<Build, 'options' | 'injects' | 'editsOnce'>> & {
    files: HashedFile[]
    assigned: HashedFile[]
    places: OutputPlaces
  },
): { changes: Change[]; added: HashedFile[]; carries: HashedFile[] } {
  const rows = new Set(hashes.flatMap(({ row, file }) => (row === undefined ? [] : file?.fileName)))
  const isEdited = editsOnce && rows.size > 0 && script.fetchReferences.length === 0
  const added = injects && !isEdited ? assigned.filter((file) => !rows.has(file.fileName)) : []
  const held = new Set([...added, ...hashes.map(({ file }) => file)].map((file) => file?.fileName))
  const changes = hashes.flatMap(repairHash)
  if (injects && rows.size === 0) changes.push(...script.storageChanges)
  if (added.length > 0) changes.push(...inject(script, added, options, places))
  return { changes, added, carries: files.filter(({ fileName }) => held.has(fileName)) }
}

function notUtf8({ fileName }: UnreadableFile): Warning {
  const message = `${fileName} is not UTF-8 and was left as it is. Save it as UTF-8 if it loads wasm.`
  return { code: 'not-parsed', message }
}
