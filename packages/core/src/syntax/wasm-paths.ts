/** A string that is the path of a wasm file. */
const wasmPath = /(["'`])((?:\.{0,2}\/)?[\w.@%~+/-]*[\w%~+-]\.wasm)\1/g

/** The paths of wasm files that stand as strings in a script, with the slashes and dots in front. */
export function wasmPathsIn(code: string): string[] {
  return Array.from(code.matchAll(wasmPath), ([, , path]) => path!)
}

/** What imports a module, in front of its path: `from`, `import`, `import(`, `import.source(`. */
const importing = /\b(?:from|import|import\s*(?:\.\s*source\s*)?\()\s*$/

/** Those of the paths that the script imports as modules: the browser loads these by itself. */
export function importedWasmPathsIn(code: string): Set<string> {
  const imported = Array.from(code.matchAll(wasmPath)).filter(({ index }) =>
    importing.test(code.slice(Math.max(0, index - 40), index)),
  )
  return new Set(imported.map(([, , path]) => path!))
}
