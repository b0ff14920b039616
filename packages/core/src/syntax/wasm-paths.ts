import { remember } from '../memory/remember.ts'

/** A string that is the path of a wasm file. */
const wasmPath = /(["'`])((?:\.{0,2}\/)?[\w.@%~+/-]*[\w%~+-]\.wasm)\1/g

/** The paths of wasm files that stand as strings in a script, with the slashes and dots in front. */
export function wasmPathsIn(code: string): string[] {
  return stringsIn(code).map(({ path }) => path)
}

/** What imports a module, in front of its path: `from`, `import`, `import(`, `import.source(`. */
const importing = /\b(?:from|import|import\s*(?:\.\s*source\s*)?\()\s*$/

/** Those of the paths that the script imports as modules: the browser loads these by itself. */
export function importedWasmPathsIn(code: string): Set<string> {
  const imported = stringsIn(code).filter(({ at }) => importing.test(code.slice(Math.max(0, at - 40), at)))
  return new Set(imported.map(({ path }) => path))
}

/**
 * What stands in front of a path that is joined to an absolute URL: `"https://cdn.example/" + version + "/x.wasm"`,
 * `"https://cdn.example/".concat(version, "/x.wasm")`.
 */
const joining = /["'`]https?:\/\/[^;{}]*(?:\+\s*|\.concat\([^()]*,\s*)$/

/** Those of the paths that are nowhere more than the end of a URL. */
export function wasmPathsInUrls(code: string): Set<string> {
  const strings = stringsIn(code)
  const isJoined = ({ at }: { at: number }): boolean => joining.test(code.slice(Math.max(0, at - 200), at))
  const whole = new Set(strings.filter((string) => !isJoined(string)).map(({ path }) => path))
  return new Set(strings.map(({ path }) => path).filter((path) => !whole.has(path)))
}

/** The strings that are such paths, and where they begin. */
const stringsIn = remember((code) =>
  Array.from(code.matchAll(wasmPath), ({ 2: path, index }) => ({ path: path!, at: index })),
)
