/** What was seen of a library's wasm where another origin has stored it. */
export type Share =
  /** No request for wasm. */
  | 'served'
  /** A request for some of its files. */
  | 'partly'
  /** A request for each of its files. */
  | 'not'
  /** No request, and none without Cross-Origin Storage either: the wasm is in a script. */
  | 'inlined'

export type BundlerName = 'vite' | 'webpack'

/** A library from npm that loads wasm, and the program in `programs/` that uses it in the library's documented way. */
export interface Library {
  /** What it is called in the table; `programs/<slug>.js` is its program, or `programs/<slug>.<bundler>.js`. */
  name: string
  /** The packages that the program needs, each at its version. */
  packages: Record<string, string>
  /** What the page shows. */
  shows: string
  /** Files that its documentation has copied into the output: path there, file or folder in `node_modules`. */
  copies?: Record<string, string>
  /** Whether its pages have to be cross-origin isolated, for threads. */
  isIsolated?: boolean
  /** What becomes of its wasm, `served` if not said; `none`: does not build. */
  vite?: Share | 'none'
  webpack?: Share | 'none'
  /** Why it is not served, or does not build. */
  why?: string
  /** Whether `npm test` runs it, and what it is an example of. */
  exampleOf?: string
}

/** A library's name as a file name. */
export function slug({ name }: Pick<Library, 'name'>): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replace(/^-/, '')
}
