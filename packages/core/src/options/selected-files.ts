import { contentIdOf, hasContent } from '../hash/content-id.ts'
import { type FilterPattern, matchesAny } from './filter-pattern.ts'
import type { ResolvedOptions } from './resolve-options.ts'
import { isDependency } from '../packages/installed-package.ts'
import { isPublic } from '../packages/public-package.ts'
import { resolveOrigins } from './origins.ts'
import type { CandidateFile, HashedFile, HashedWasmFile, ScriptFile, WasmFile } from '../output.ts'

/** A wasm file as one that may take part: it is hashed, if that was not done before. */
export function candidateOf(file: WasmFile | HashedWasmFile): CandidateFile {
  return { ...contentIdOf(file), fileName: file.fileName, sources: file.sources }
}

/** The files that take part, with who may read them. */
export function selectFiles(files: CandidateFile[], options: ResolvedOptions): HashedFile[] {
  return matchingFiles(files, options)
    .filter(({ size }) => size >= options.minSize)
    .map((file) => addOrigins(file, options))
}

/** The files that `include` and `exclude` leave, whatever their size. */
export function matchingFiles(
  files: CandidateFile[],
  { include, exclude }: Pick<ResolvedOptions, 'include' | 'exclude'>,
): CandidateFile[] {
  const isIncluded = include === undefined ? () => true : matcherOf(include)
  const isExcluded = matcherOf(exclude ?? [])
  return files.filter((file) => isIncluded(file) && !isExcluded(file))
}

/** Matches files by their emitted names and those of their modules. */
export function matcherOf(pattern: FilterPattern): (file: CandidateFile) => boolean {
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
export function isExcludedScript(
  { fileName }: Pick<ScriptFile, 'fileName'>,
  { exclude }: ResolvedOptions,
): boolean {
  return exclude !== undefined && matchesAny(exclude)(fileName)
}

/** The names that patterns are matched against. */
export function namesOf({ fileName, sources }: CandidateFile): string[] {
  return [fileName, ...sources.map(({ path }) => path)]
}
