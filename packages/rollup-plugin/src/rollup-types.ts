/**
 * Types of the interface that Rollup, Rolldown and Vite have in common, as far as the plugin uses it: its hooks then fit
 * the types of all.
 *
 * @see https://rollupjs.org/plugin-development/
 * @see https://rolldown.rs/apis/plugin-api
 */

export interface PluginContext {
  error(error: Error | string): never
  warn(message: string): void
  info(message: string): void
  /** Which bundler it is: only Rolldown has a `rolldownVersion`. */
  meta: object
  parse(code: string, options: object): object
  emitFile(file: { type: 'asset'; fileName: string; source: string | Uint8Array }): string
  getModuleIds(): IterableIterator<string>
  resolve(source: string, importer: string): Promise<{ id: string; external: unknown } | null>
}

export interface InputOptions {
  plugins: readonly object[]
}

export interface OutputOptions {
  /** Those of this output alone. */
  plugins?: readonly object[]
  dir?: string | undefined
  file?: string | undefined
  format: string
  /** A template with placeholders, or a function that returns one. */
  assetFileNames?: string | ((asset: never) => string) | undefined
}

export interface RenderedChunk {
  modules: Record<string, { code: string | null }>
}

export interface OutputChunk {
  type: 'chunk'
  fileName: string
  /** The name with a placeholder for the hash. */
  preliminaryFileName: string
  code: string
  imports: string[]
  dynamicImports: string[]
  sourcemapFileName: string | null
  /** Rollup's record of the emitted files that the chunk refers to. */
  referencedFiles?: string[]
  /** Vite's. */
  viteMetadata?: { importedAssets?: ReadonlySet<string> }
}

export interface OutputAsset {
  type: 'asset'
  fileName: string
  /** Absent where a plugin put the asset into the bundle by hand. */
  originalFileNames?: string[]
  /** Empty where it was emitted under a file name of its own. */
  names?: string[]
  source: string | Uint8Array
}

/** Its keys are the names that files had at first: a plugin may have given a file another `fileName` since. */
export type OutputBundle = Record<string, OutputAsset | OutputChunk>

/** The files of a bundle by their names. */
export type BundleFiles = ReadonlyMap<string, OutputAsset | OutputChunk>

/** A hook that runs after those of the other plugins. */
interface PostHook<Handler> {
  order: 'post'
  sequential: true
  handler: Handler
}

/** A hook that runs before those of the other plugins; the filter saves Rolldown and Vite the call. */
export interface PreHook<Handler> {
  order: 'pre'
  filter: { id: RegExp }
  handler: Handler
}

export interface BundlePlugin {
  name: string
  buildStart(this: PluginContext, options?: InputOptions): void
  load: PreHook<(this: PluginContext, id: string) => null>
  transform: {
    order: 'pre'
    filter: { code: RegExp }
    handler(this: PluginContext, code: string, id: string): Promise<null>
  }
  watchChange(this: PluginContext, id: string): void
  buildEnd(this: PluginContext, error?: Error): Promise<void>
  augmentChunkHash(this: PluginContext, chunk: RenderedChunk): string | undefined
  generateBundle: {
    order: 'post'
    handler(
      this: PluginContext,
      output: OutputOptions,
      bundle: OutputBundle,
      isWritten: boolean,
    ): Promise<void>
  }
  writeBundle: PostHook<(this: PluginContext, output: OutputOptions, bundle: OutputBundle) => Promise<void>>
  closeBundle: PostHook<(this: PluginContext) => Promise<void>>
}
