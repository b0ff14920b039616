/** A string that is the path of a wasm file. */
const wasmPath = /(["'`])((?:\.{0,2}\/)?[\w.@%~+/-]*[\w%~+-]\.wasm)\1/g

/** The paths of wasm files that stand as strings in a script, with the slashes and dots in front. */
export function wasmPathsIn(code: string): string[] {
  return Array.from(code.matchAll(wasmPath), ([, , path]) => path!)
}
