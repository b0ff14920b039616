import { matchesAny } from '../options/filter-pattern.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { isExcludedScript } from '../options/selected-files.ts'
import type { OutputFile } from '../output.ts'
import { wasmPathsIn } from '../syntax/wasm-paths.ts'

/**
 * The paths of wasm files that stand as strings in scripts with `fetch`, without what the options leave out. Some are of
 * files that are copied into the output when the bundle is finished.
 */
export function namedWasm(output: OutputFile[], options: ResolvedOptions): string[] {
  const isIncluded = matchesAny(options.include ?? /\.wasm$/)
  const isExcluded = matchesAny(options.exclude ?? [])
  const scripts = output.filter((file) => file.type === 'script')
  const loading = scripts.filter(
    (script) =>
      script.code.includes('.wasm') && script.code.includes('fetch') && !isExcludedScript(script, options),
  )
  const paths = loading.flatMap(({ code }) => wasmPathsIn(code))
  return [...new Set(paths)].filter((path) => isIncluded(path) && !isExcluded(path))
}
