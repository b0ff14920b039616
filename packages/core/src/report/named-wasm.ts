import { hasString } from '../memory/has-string.ts'
import { matchesAny } from '../options/filter-pattern.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { isExcludedScript } from '../options/selected-files.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'
import { importedWasmPathsIn, wasmPathsIn, wasmPathsInUrls } from '../syntax/wasm-paths.ts'

/** A path of a wasm file that stands as a string in a script. */
export interface NamedWasm {
  path: string
  /** Whether it stands nowhere but in loaders that scripts carry as text, which are out of reach. */
  isInText: boolean
  /** Whether a script imports it as a module, which the browser loads by itself. */
  isImported: boolean
  /** Whether a script with `fetch` names it; else what it is loaded by is somewhere else. */
  isByFetch: boolean
  /** Whether scripts only join it to an absolute URL: it is the end of that. */
  isEndOfUrl: boolean
}

/**
 * The paths of wasm files that stand as strings in scripts, or that scripts import, without what the options leave out.
 * Some are of files that are copied into the output when the bundle is finished.
 */
export function namedWasm(scripts: ScannedScript[], options: ResolvedOptions): NamedWasm[] {
  const isIncluded = matchesAny(options.include ?? /\.wasm$/)
  const isExcluded = matchesAny(options.exclude ?? [])
  const naming = scripts.filter(
    ({ file }) => hasString(file.code, '.wasm') && !isExcludedScript(file, options),
  )
  const loading = naming.filter(({ file }) => hasString(file.code, 'fetch'))
  const imported = new Set(naming.flatMap(({ file }) => [...importedWasmPathsIn(file.code)]))
  const named = new Map(naming.map((script) => [script, wasmPathsIn(withoutTexts(script))]))
  const byFetch = new Set(loading.flatMap((script) => named.get(script)!))
  // Who has the name may have another script load it, if any can.
  const isLoaded = scripts.some(({ mentions }) => mentions.webAssembly)
  const own = isLoaded ? new Set([...named.values()].flat()) : byFetch
  const whole = new Set(
    naming.flatMap(({ file: { code } }) => {
      const ends = wasmPathsInUrls(code)
      return wasmPathsIn(code).filter((path) => !ends.has(path))
    }),
  )
  const all = new Set([
    ...own,
    ...imported,
    ...loading.flatMap(({ loadersAsText }) => loadersAsText.flatMap(({ text }) => wasmPathsIn(text))),
  ])
  return [...all]
    .filter((path) => isIncluded(path) && !isExcluded(path))
    .map((path) => ({
      path,
      isInText: !own.has(path) && !imported.has(path),
      isImported: imported.has(path),
      isByFetch: byFetch.has(path),
      isEndOfUrl: !whole.has(path),
    }))
}

/** A script's code without the loaders that it carries as text. */
function withoutTexts({ file: { code }, loadersAsText }: ScannedScript): string {
  let rest = ''
  let position = 0
  for (const { start, end } of loadersAsText) {
    // One text may be part of another one: those of a template literal are given by the whole of it.
    if (start < position) continue
    rest += code.slice(position, start)
    position = end
  }
  return rest + code.slice(position)
}
