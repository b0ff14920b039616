import { relative } from 'node:path'
import { editTexts } from './edit/edit-texts.ts'
import { Texts } from './edit/texts.ts'
import { followCompressed } from './follow/follow-compressed.ts'
import { followEdits } from './follow/follow-edits.ts'
import type { Host, OutputChanges } from './host.ts'
import { type Choice, choiceWarnings } from './options/choice.ts'
import type { ResolvedOptions } from './options/resolve-options.ts'
import type { Edit, HashedFile, OutputFile, Warning } from './output.ts'
import { processOutput } from './process.ts'
import { type Manifest, manifestText, renameInManifest } from './report/manifest.ts'
import { inlinedInPages } from './report/inlined-in-pages.ts'
import { isFault } from './report/is-fault.ts'
import { leftAlone } from './report/left-alone.ts'
import { libraryWarnings } from './report/library-warnings.ts'
import { whyNoManifest } from './report/manifest-place.ts'
import type { NamedWasm } from './report/named-wasm.ts'
import { formatReport } from './report/table.ts'
import { textIn } from './edit/text-in.ts'
import { unforeseenWasm } from './report/unforeseen-wasm.ts'
import type { Parser } from './syntax/parser.ts'

/** What was done with an output. */
export interface Built {
  /** The files that take part. */
  files: HashedFile[]
  /** The manifest, with the names that files have after the build. */
  manifest: Manifest
  /** The paths of wasm files that stand in scripts of the output, whether or not such a file is part of it. */
  namedWasm: NamedWasm[]
  /** What the options had to choose from, for `choiceWarnings` once all outputs are known. */
  choice: Choice
  /** The warnings that the host was given. */
  warnings: Warning[]
  /** Warnings that no script of the bundle loads a file beside it. The adapter gives them once copied scripts are edited, but for the files that these load. */
  later: Warning[]
  /** Writes the new names of renamed files into a text that mentions the old ones. */
  renameIn: (text: string) => string
}

/**
 * The way of a build, the same with every bundler: read, process, say, edit, rename, follow, describe. Nothing is written
 * before all is known.
 *
 * @returns Undefined for an output that does not take part.
 */
export async function buildOutput(
  host: Host,
  options: ResolvedOptions,
  parser: Parser,
): Promise<Built | undefined> {
  const { reasonToSkip, publicUrl } = host
  const read = await host.read()
  const unforeseen = reasonToSkip === undefined ? unforeseenWasm(read, host, options) : []
  const output = read.filter(({ fileName }) => unforeseen.every(({ file }) => file !== fileName))
  const obstacle = reasonToSkip === undefined ? manifestObstacle(host, options) : undefined
  if (obstacle !== undefined) {
    host.fail([obstacle])
    return undefined
  }
  const result = processOutput(output, {
    options,
    parser,
    injects: reasonToSkip === undefined,
    editsOnce: host.isOnDisk === true,
    isOfExtension: isExtension(host),
    sourceName: (path) => relative(host.root, path).replaceAll('\\', '/'),
    ...(publicUrl !== undefined && { publicUrl }),
  })
  const later = result.warnings.filter(
    ({ code, file }) =>
      (code === 'not-loaded-by-fetch' || code === 'no-wasm') && file !== undefined && host.isBeside?.(file),
  )
  const warnings = result.warnings.filter((warning) => !later.includes(warning))
  if (reasonToSkip === undefined) {
    sayWarnings(host, options, [
      ...unforeseen,
      ...warnings,
      ...inlinedInPages(host, options),
      ...ofLibrary(host, output, result.edits, options),
    ])
  } else sayLeftAlone(host, result.files, reasonToSkip)
  const { changes, renameIn } = changeOutput(host, output, result.edits)
  await host.edit(changes)
  if (reasonToSkip !== undefined) return undefined

  const text = renameIn(manifestText(namePages(result.manifest, output)))
  if (options.manifest !== undefined) host.emit(options.manifest, text)
  const { choice, files, namedWasm } = result
  return {
    files,
    manifest: JSON.parse(text) as Manifest,
    namedWasm,
    choice,
    warnings,
    later,
    renameIn,
  }
}

/** Warnings of an output that is a package's, where the host has told its folder. */
function ofLibrary(
  { folder }: Host,
  output: OutputFile[],
  edits: Edit[],
  options: ResolvedOptions,
): Warning[] {
  if (folder === undefined) return []
  const scripts = output.filter((file) => file.type === 'script')
  return libraryWarnings(edits, folder, scripts, options)
}

/**
 * Whether an output is an extension of a browser.
 *
 * @see https://developer.chrome.com/docs/extensions/reference/manifest
 */
function isExtension(host: Host): boolean {
  return /"manifest_version"/.test(textIn(host, 'manifest.json'))
}

/** What of the output the manifest would be written over. */
function manifestObstacle(host: Host, { manifest }: ResolvedOptions): string | undefined {
  return manifest === undefined
    ? undefined
    : whyNoManifest(manifest, host.fileNames(), (fileName) => textIn(host, fileName))
}

/** Tells the user warnings, where the bundler's own are; under `strict` they are errors. */
export function sayWarnings(
  host: Pick<Host, 'fail' | 'warn'>,
  { strict }: ResolvedOptions,
  warnings: Warning[],
): void {
  const faults = strict ? warnings.filter(isFault).map(({ message }) => message) : []
  if (faults.length > 0) host.fail(faults)
  for (const { message } of warnings) if (!faults.includes(message)) host.warn(message)
}

/** Says what is known once an output ends that is not on disk, where files beside it would have a say: its table, and what the options did not match. */
export function finishInMemory(
  host: Pick<Host, 'fail' | 'print' | 'warn'>,
  { choice, manifest }: Pick<Built, 'choice' | 'manifest'>,
  options: ResolvedOptions,
): void {
  sayWarnings(host, options, choiceWarnings([choice], options))
  const report = formatReport(manifest)
  if (report !== '') host.print(report)
}

/** Says that an output is left alone; it is never an error: that is what the output is for, and the user cannot mend it. */
function sayLeftAlone(host: Host, files: HashedFile[], reason: string): void {
  const alone = leftAlone(files, host.modules?.() ?? [], reason, host.isSharedElsewhere?.bind(host))
  for (const message of alone) host.warn(message)
}

/**
 * Works out all that edits of scripts change in an output: the scripts and their source maps, names with a content hash
 * and every mention of them, digests that other files carry, compressed copies.
 */
function changeOutput(
  host: Host,
  output: OutputFile[],
  edits: Edit[],
): { changes: OutputChanges; renameIn: (text: string) => string } {
  const scripts = output.flatMap((file): [string, string][] =>
    file.type === 'script' && file.page === undefined ? [[file.fileName, file.code]] : [],
  )
  const texts = new Texts(scripts, host)
  editTexts(texts, edits, output, (fileName) => host.mapNameOf?.(fileName) ?? `${fileName}.map`)
  const edited = new Map(texts.changed)
  const { fileNames, renameIn } = followEdits(texts, host)
  const contents = new Map<string, string | Uint8Array>(texts.changed)
  for (const [fileName, bytes] of followCompressed(texts, host)) contents.set(fileName, bytes)
  const alone = edits.filter(({ fileName }) => texts.changed.get(fileName) === edited.get(fileName))
  return { changes: { edits: alone, contents, fileNames }, renameIn }
}

/** Names the page in a manifest where a script stands in one: such a script has no file of its own. */
function namePages(manifest: Manifest, output: OutputFile[]): Manifest {
  const pages = new Map(
    output.map((file) => [file.fileName, file.type === 'script' ? file.page?.fileName : undefined]),
  )
  return renameInManifest(manifest, (fileName) => pages.get(fileName) ?? fileName)
}
