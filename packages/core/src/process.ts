import { assignFiles } from './assign.ts'
import { contentOf, hasContent } from './content.ts'
import { inject, isInstrumented } from './inject.ts'
import { createManifest, type Manifest } from './manifest.ts'
import { FileNames } from './names.ts'
import type { ResolvedOptions } from './options.ts'
import { resolveOrigins } from './origins.ts'
import type {
  Edit,
  HashedFile,
  MeasuredWasmFile,
  OutputFile,
  ScriptFile,
  Warning,
  WasmFile,
} from './output.ts'
import { isWorthScanning, scan, type ScannedScript } from './scan.ts'
import { findWarnings, isDependency } from './warnings.ts'

/** What an adapter knows of the build as a whole. */
export interface Build {
  options: ResolvedOptions
  /** Where the output is served from, if the build says so with an absolute URL: a CDN. */
  publicUrl?: string
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
}

/** From a build's output to a build's output: hash, scan, inject, report. Nothing is written, nothing is changed. */
export function processOutput(
  output: OutputFile[],
  { options, publicUrl, sourceName = String }: Build,
): ProcessedOutput {
  const warnings: Warning[] = []
  const wasm = output.filter((file) => file.type === 'wasm')
  const files = wasm.filter((file) => takesPart(file, options)).map((file) => toHashedFile(file, options))
  const scripts = scanScripts(
    output.filter((file) => file.type === 'script'),
    files,
    warnings,
  )

  const assigned = assignFiles(scripts, files)
  const edits = [...assigned]
    .filter(([script, files]) => files.length > 0 && !isInstrumented(script.file.code))
    .map(([script, files]) => inject(script, files, options, publicUrl))

  warnings.push(...findWarnings(scripts, files, assigned), ...patternWarnings(wasm, options))
  return { edits, files, manifest: createManifest(files, edits, sourceName), warnings }
}

/** An emitted `.wasm`, with its bytes or hashed already. */
type AnyWasmFile = WasmFile | MeasuredWasmFile

function takesPart(file: AnyWasmFile, { includes, minSize }: ResolvedOptions): boolean {
  const size = 'bytes' in file ? file.bytes.byteLength : file.size
  return size >= minSize && includes(namesOf(file))
}

function toHashedFile(file: AnyWasmFile, { originsOf }: ResolvedOptions): HashedFile {
  const { fileName, sources } = file
  const content = contentOf(file)
  const option = originsOf({
    fileName,
    size: content.size,
    hash: content.hash.value,
    sources: sources.map(({ path }) => path),
  })
  const isShared = sources.some((source) => isDependency(source.path) && hasContent(source, content))
  return { ...content, fileName, sources, origins: resolveOrigins(option, isShared) }
}

/** Scans the scripts that may matter; one that does not parse is left alone and reported. */
function scanScripts(scripts: ScriptFile[], files: HashedFile[], warnings: Warning[]): ScannedScript[] {
  const wasmNames = new FileNames(files.map(({ fileName }) => fileName))
  const names = new FileNames([...files, ...scripts].map(({ fileName }) => fileName))
  return scripts
    .filter((script) => isWorthScanning(script, wasmNames))
    .flatMap((script) => {
      try {
        return [scan(script, names)]
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        warnings.push({
          code: 'not-parsed',
          message: `${error.message}. It was left as it is; exclude its wasm or mend it.`,
        })
        return []
      }
    })
}

function patternWarnings(wasm: AnyWasmFile[], { patterns }: ResolvedOptions): Warning[] {
  const names = wasm.flatMap(namesOf)
  return patterns
    .filter(({ matches }) => !names.some(matches))
    .map(({ option }) => ({
      code: 'pattern-matches-nothing',
      message: `Option '${option}' matches none of the wasm files of this build (${names.join(', ') || 'there are none'}).`,
    }))
}

/** The names that patterns are matched against. */
function namesOf({ fileName, sources }: AnyWasmFile): string[] {
  return [fileName, ...sources.map(({ path }) => path)]
}
