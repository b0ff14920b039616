import { contentIdOf, hasContent } from '../hash/content-id.ts'
import { type FilterPattern, matchesAny } from './filter-pattern.ts'
import type { ResolvedOptions } from './resolve-options.ts'
import { isDependency } from '../packages/installed-package.ts'
import { isPublic } from '../packages/public-package.ts'
import { resolveOrigins } from './origins.ts'
import type { CandidateFile, HashedFile, HashedWasmFile, ScriptFile, Warning, WasmFile } from '../output.ts'
import { wasmPathsIn } from '../syntax/wasm-paths.ts'

/** Hashes a file, if that was not done before. */
export function hashFile(file: WasmFile | HashedWasmFile): CandidateFile {
  return { ...contentIdOf(file), fileName: file.fileName, sources: file.sources }
}

/** The files that take part, with who may read them. */
export function selectFiles(files: CandidateFile[], options: ResolvedOptions): HashedFile[] {
  const { include, exclude, minSize } = options
  const isIncluded = matcherOf(include ?? /\.wasm$/)
  const isExcluded = matcherOf(exclude ?? [])
  return files
    .filter((file) => file.size >= minSize && isIncluded(file) && !isExcluded(file))
    .map((file) => addOrigins(file, options))
}

/** Matches files by their emitted names and those of their modules. */
function matcherOf(pattern: FilterPattern): (file: CandidateFile) => boolean {
  const matches = matchesAny(pattern)
  return (file) => namesOf(file).some(matches)
}

function addOrigins(file: CandidateFile, { originsOf }: ResolvedOptions): HashedFile {
  const { fileName, size, hash, sources } = file
  const option = originsOf({ fileName, size, hash: hash.value, sources: sources.map(({ path }) => path) })
  const isOfPublicPackage = (): boolean =>
    sources.some(({ path, ...source }) => isDependency(path) && hasContent(source, file) && isPublic(path))
  return { ...file, origins: resolveOrigins(option, option === 'auto' && isOfPublicPackage()) }
}

/** Whether a script is excluded by its own name: one that carries a wasm module inside, or that nobody can judge. */
export function isExcludedScript({ fileName }: ScriptFile, { exclude }: ResolvedOptions): boolean {
  return exclude !== undefined && matchesAny(exclude)(fileName)
}

/** A script that `exclude` may be for. */
interface Excludable {
  file: ScriptFile
  /** Bytes of a wasm module that it carries inside; 0 without. */
  inlinedWasm: number
  /** What leaves its calls of `fetch` alone. */
  doubt?: string
}

/** Warns of options that leave out every file, or match none: the user meant something else. */
export function selectionWarnings(
  wasm: CandidateFile[],
  scripts: Excludable[],
  options: ResolvedOptions,
): Warning[] {
  return [...patternWarnings(wasm, scripts, options), ...sizeWarnings(wasm, options)]
}

function sizeWarnings(wasm: CandidateFile[], options: ResolvedOptions): Warning[] {
  const { minSize } = options
  const [largest] = selectFiles(wasm, { ...options, minSize: 0 }).toSorted((a, b) => b.size - a.size)
  if (largest === undefined || largest.size >= minSize) return []
  const message =
    `Option 'minSize' is ${minSize} and leaves out every wasm file of this build: the largest, ${largest.fileName}, has ` +
    `${largest.size} bytes. Lower it to share them, or leave the plugin out.`
  return [{ code: 'nothing-large-enough', message }]
}

function patternWarnings(wasm: CandidateFile[], scripts: Excludable[], options: ResolvedOptions): Warning[] {
  const names = wasm.flatMap(namesOf).join(', ') || 'there are none'
  return (['include', 'exclude'] as const).flatMap((option): Warning[] => {
    const pattern = options[option]
    if (pattern === undefined || wasm.some(matcherOf(pattern))) return []
    const excludable = scripts.filter(({ inlinedWasm, doubt }) => inlinedWasm > 0 || doubt !== undefined)
    if (option === 'exclude') {
      if (excludable.some(({ file }) => isExcludedScript(file, options))) return []
      // Of files that are not there, and that a build says so of.
      if (scripts.some(({ file }) => wasmPathsIn(file.code).some(matchesAny(pattern)))) return []
    }
    const message = `Option '${option}' matches none of the wasm files of this build (${names}).`
    return [{ code: 'pattern-matches-nothing', message }]
  })
}

/** The names that patterns are matched against. */
function namesOf({ fileName, sources }: CandidateFile): string[] {
  return [fileName, ...sources.map(({ path }) => path)]
}
