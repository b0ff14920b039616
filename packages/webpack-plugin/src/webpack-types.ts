/**
 * Types of the interface that webpack and Rspack have in common, as far as the plugin uses it: its class then fits the
 * types of both.
 *
 * @see https://webpack.js.org/api/compilation-object/
 * @see https://rspack.rs/api/javascript-api/compilation
 */

/** @see https://github.com/webpack/webpack-sources */
export interface Source {
  source(): string | Buffer
  buffer(): Buffer
  map(): object | null
}

interface ReplaceSource extends Source {
  insert(position: number, text: string): void
  /** `end` is the position of the last character that goes. */
  replace(start: number, end: number, text: string): void
}

export interface AssetInfo {
  /** Relative to the compiler's context. */
  sourceFilename?: string
  javascriptModule?: boolean
  /** Whether a copy plugin has added it. */
  copied?: boolean
  /** The hashes in an asset's name, by kind. */
  chunkhash?: string | string[]
  contenthash?: string | string[]
  fullhash?: string | string[]
  /** Under what name a file was hashed: the plugin's own note. */
  wasmCos?: unknown
  related?: { sourceMap?: unknown }
}

export interface Asset {
  name: string
  source: Source
  info: AssetInfo
}

export interface Module {
  /** Its path without query, if it is a file. */
  nameForCondition(): string | null | undefined
  originalSource(): Source | null
  /** webpack's record of how it was built. */
  buildInfo?: object | undefined
  /** What a concatenated module is made of. */
  modules?: Iterable<Module>
}

export interface Chunk {
  files: Iterable<string>
  /** Its files that are no scripts: wasm, images, source maps. */
  auxiliaryFiles: Iterable<string>
  /** The entries that it can be loaded by. */
  runtime: unknown
  hasRuntime(): boolean
  /** The chunks that load with it or can be loaded by them. */
  getAllReferencedChunks(): Iterable<Chunk>
}

interface Hash {
  update(data: Buffer): unknown
}

interface Hook<Args extends unknown[]> {
  tap(options: { name: string; stage?: number }, handler: (...args: Args) => void): void
}

interface AsyncHook<Args extends unknown[]> extends Hook<Args> {
  tapPromise(options: { name: string; stage?: number }, handler: (...args: Args) => Promise<void>): void
}

export interface Compilation {
  hash?: string | null | undefined
  errors: Error[]
  warnings: Error[]
  modules: Iterable<Module>
  fileDependencies: Iterable<string>
  chunks: Iterable<Chunk>
  entrypoints: ReadonlyMap<string, { getFiles(): readonly string[] }>
  chunkGraph: {
    getChunkModules(chunk: Chunk): Iterable<Module>
    /** Takes a `RuntimeSpec`; Rspack has it since 1.1. */
    getModuleHash?(module: never, runtime: never): string | null
  }
  outputOptions: {
    publicPath?: unknown
    assetModuleFilename?: unknown
    webassemblyModuleFilename?: unknown
    library?: { type?: string } | undefined
  }
  hooks: {
    finishModules: AsyncHook<[modules: Iterable<Module>]>
    processAssets: AsyncHook<[assets: unknown]>
    afterProcessAssets: Hook<[assets: unknown]>
  }
  getAssets(): readonly Readonly<Asset>[]
  getAsset(name: string): Readonly<Asset> | undefined | void
  getPath(template: string, data: object): string
  deleteAsset(name: string): void
  /** Takes a `Source`; each bundler declares its own. */
  emitAsset(name: string, source: never, info?: object): void
  /** Takes a `Source`, or a function from the old one to the new one. */
  updateAsset(name: string, source: never, info?: object): void
}

interface Platform {
  web?: boolean | null
  node?: boolean | null
}

export interface OutputFileSystem {
  /**
   * Takes Node's callback; each bundler declares its own, and not every file system that people give a compiler has it.
   */
  stat?(path: string, done: never): void
  readFile(path: string, done: (error?: Error | null, content?: string | Buffer) => void): void
  /** Takes Node's options, of which webpack declares some. */
  createReadStream?(path: string, options: never): AsyncIterable<string | Buffer> | NodeJS.ReadableStream
}

export interface Compiler {
  context: string
  outputPath: string
  outputFileSystem: OutputFileSystem | null
  watchMode: boolean
  options: {
    name?: string | undefined
    plugins: readonly unknown[]
    mode?: string | undefined
    devtool?: unknown
    optimization?: { realContentHash?: boolean | undefined }
    module: { rules: unknown[]; defaultRules?: unknown; parser?: { javascript?: { url?: unknown } } }
    externalsPresets: Platform
  }
  platform?: Platform
  webpack: {
    WebpackError: new (message: string) => Error
    Compilation: {
      PROCESS_ASSETS_STAGE_OPTIMIZE_SIZE: number
      PROCESS_ASSETS_STAGE_OPTIMIZE_HASH: number
      PROCESS_ASSETS_STAGE_REPORT: number
    }
    javascript: {
      JavascriptModulesPlugin: {
        /** Takes a `Compilation`; each bundler declares its own. */
        getCompilationHooks(compilation: never): { chunkHash: Hook<[chunk: Chunk, hash: Hash]> }
      }
    }
    sources: {
      RawSource: new (text: string) => Source
      /** Takes a `Source`; each bundler declares its own. */
      ReplaceSource: new (source: never, name?: string) => ReplaceSource
    }
  }
  hooks: {
    environment: Hook<[]>
    initialize: Hook<[]>
    beforeRun: Hook<[]>
    thisCompilation: Hook<[compilation: Compilation]>
    afterEmit: Hook<[compilation: Compilation]>
    done: AsyncHook<[stats: { compilation: Compilation }]>
  }
  getInfrastructureLogger(name: string): { info(text: string): void }
}
