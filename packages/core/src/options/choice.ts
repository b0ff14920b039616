import type { ResolvedOptions } from './resolve-options.ts'
import { matchesAny } from './filter-pattern.ts'
import { matcherOf, matchingFiles, namesOf } from './selected-files.ts'
import type { CandidateFile, ScriptFile, Warning } from '../output.ts'
import { wasmPathsIn } from '../syntax/wasm-paths.ts'

/** What `include`, `exclude` and `minSize` have to choose from in an output. */
export interface Choice {
  wasm: CandidateFile[]
  /** The names of scripts that `exclude` may be for. */
  scripts: string[]
  /** The paths of wasm files that stand as strings in scripts, whether or not such files are part of the output. */
  paths: string[]
}

/** A script that may be excluded. */
interface Excludable {
  file: ScriptFile
  /** Bytes of a wasm module that it carries inside; 0 without. */
  inlinedWasm: number
  /** What leaves its calls of `fetch` alone. */
  doubt?: string
}

/** Describes what an output gives the options to choose from. */
export function choiceOf(
  wasm: CandidateFile[],
  scripts: Excludable[],
  { include, exclude }: ResolvedOptions,
): Choice {
  if (include === undefined && exclude === undefined) return { wasm, scripts: [], paths: [] }
  const named = scripts.map(({ file }) => wasmPathsIn(file.code))
  const excludable = scripts.filter(
    ({ inlinedWasm, doubt }, index) => inlinedWasm > 0 || doubt !== undefined || named[index]!.length > 0,
  )
  return { wasm, scripts: excludable.map(({ file }) => file.fileName), paths: named.flat() }
}

/**
 * Warns of options that leave out every file, or match none: the user meant something else. That can be told once all
 * outputs of a build are known, and what was copied beside them.
 *
 * @param besides Wasm files of the output that were no choice: they came later, or the build says why not.
 */
export function choiceWarnings(
  choices: Choice[],
  options: ResolvedOptions,
  besides: Pick<CandidateFile, 'fileName' | 'size'>[] = [],
): Warning[] {
  const wasm = choices.flatMap((choice) => choice.wasm)
  const scripts = choices.flatMap((choice) => choice.scripts)
  const paths = choices.flatMap((choice) => choice.paths)
  const late = besides.map(({ fileName }) => fileName)
  const others = {
    // Of absolute paths without a file a build says that they are not shared.
    include: [...late, ...paths.filter((path) => path.startsWith('/'))],
    exclude: [...late, ...paths, ...scripts],
  }
  const names = [...new Set([...wasm.flatMap(namesOf), ...late])].join(', ') || 'there are none'
  const unmatched = (['include', 'exclude'] as const).flatMap((option): Warning[] => {
    const pattern = options[option]
    if (pattern === undefined || wasm.some(matcherOf(pattern))) return []
    if (others[option].some(matchesAny(pattern))) return []
    const message =
      `Option '${option}' matches none of the wasm files of this build (${names}). ` +
      "Correct it (a glob is for a whole path: '**/name.wasm'), or leave it out."
    return [{ code: 'pattern-matches-nothing', message }]
  })
  const isLarge = ({ size }: { size: number }) => size >= options.minSize
  return [...unmatched, ...(besides.some(isLarge) ? [] : sizeWarnings(wasm, options))]
}

function sizeWarnings(wasm: CandidateFile[], options: ResolvedOptions): Warning[] {
  const { minSize } = options
  const [largest] = matchingFiles(wasm, options).toSorted((a, b) => b.size - a.size)
  if (largest === undefined || largest.size >= minSize) return []
  const message =
    `Option 'minSize' is ${minSize} and leaves out every wasm file of this build: the largest, ${largest.fileName}, has ` +
    `${largest.size} bytes. Lower it to share them, or leave the plugin out.`
  return [{ code: 'nothing-large-enough', message }]
}
