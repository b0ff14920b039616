import { matchesAny } from '../options/filter-pattern.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { isExcludedScript } from '../options/selected-files.ts'
import type { OutputFile } from '../output.ts'

/** A string that is the path of a wasm file. */
const wasmPath = /(["'`])((?:\.{0,2}\/)?[\w.@%~+/-]*[\w%~+-]\.wasm)\1/g

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
  const paths = loading.flatMap(({ code }) => Array.from(code.matchAll(wasmPath), ([, , path]) => path!))
  return [...new Set(paths)].filter((path) => isIncluded(path) && !isExcluded(path))
}
