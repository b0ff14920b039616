import type { WasmCosOptions } from '@wasm-cos/vite-plugin'

/** What a test wants built. */
export interface BuildRequest {
  /** Folder with `main.js`, made by `prepareApp`. */
  app: string
  /** Folder for the output. */
  outDir: string
  /** The plugin's options; `false` builds without it. */
  options?: WasmCosOptions | false
  minify?: boolean
  sourcemap?: 'linked' | 'hidden' | 'inline'
  /** Rewrites wasm in the bundler's last hook before ours, as an optimiser would. */
  optimize?: (bytes: Uint8Array) => Uint8Array
  /** Runs after everything is written, as a later build step would. */
  afterWrite?: (outDir: string) => Promise<void>
  /** Further options in the bundler's own words. */
  overrides?: Record<string, unknown>
}

/** A bundler at one major version, wired as its users wire it. */
export interface Bundler {
  name: string
  /** How a page loads what it makes of `main.js`. */
  page: 'module' | 'classic'
  /** The text of a module in `folder` whose default export is the URL of a package's wasm file. */
  urlModule: (specifier: string, folder: string) => string
  /**
   * Builds `main.js` (and `worker.js`, where there is one) to `main-<hash>.js` and so on.
   *
   * @returns What it warned of.
   * @throws What the bundler throws when a build fails.
   */
  build: (request: BuildRequest) => Promise<{ warnings: string[] }>
}

/** Options with a limit that a busy machine keeps to: what a visitor should not have to wait for is not tested here. */
export function patiently(options: WasmCosOptions | undefined): WasmCosOptions {
  return { lookupTimeout: 60_000, ...options }
}
