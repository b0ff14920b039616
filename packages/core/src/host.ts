import type {
  ContentId,
  Edit,
  HashedFile,
  HashedSourceFile,
  HashedWasmFile,
  HashPosition,
  OutputFile,
} from './output.ts'

/**
 * A bundler as the way of a build (`build.ts`) sees it, for one output; a folder on disk is one too. File names are paths
 * within the output, with forward slashes.
 */
export interface Host {
  /** Absolute path of the folder that the manifest's names of original files start from. */
  readonly root: string
  /** Absolute path of the folder that the output is written to; absent where it may be that of no package. */
  readonly folder?: string | undefined
  /** Where the output is served from, as the build's configuration says; a relative URL says nothing. */
  readonly publicUrl?: string | undefined
  /** Why nothing is injected into this output, as the end of a sentence: "is for a server"; absent where it takes part. */
  readonly reasonToSkip?: string | undefined
  /** Whether it is a folder on disk, where scripts that were edited before get nothing more. */
  readonly isOnDisk?: boolean

  /** Reads the scripts and wasm files of the output; wasm is hashed, not kept. */
  read(): Promise<OutputFile[]>
  /** Every file that the output has now, where build.ts is to follow what depends on edited ones; else none. */
  fileNames(): Iterable<string>
  /** What a file holds; undefined where the host does not have its content at hand. */
  contentOf(fileName: string): string | Uint8Array | undefined
  /** The name of a script's source map, where the host knows better than to add `.map`. */
  mapNameOf?(fileName: string): string | undefined
  /** Where a file's name carries a hash of its content; absent where the bundler renames files by itself afterwards. */
  hashPositionOf?(fileName: string): HashPosition | undefined
  /** Names of scripts with a hash that does not follow what is edited; absent where there are none. */
  readonly fixedNames?: FixedNames | undefined
  /** The wasm modules of a build: an output for a server imports them without emitting them. */
  modules?(): Iterable<HashedSourceFile>
  /** Whether a file ships beside the bundle, where scripts that are copied with it may load it; `Built.later` has what is said of such. */
  isBeside?(fileName: string): boolean
  /** Whether another output of the same build shares a content, so that nothing is to be said of it here. */
  isSharedElsewhere?(content: ContentId): boolean

  /** Makes the changes to the output. */
  edit(changes: OutputChanges): void | Promise<void>
  /** Adds a file to the output. */
  emit(fileName: string, text: string): void

  /** Tells the user something that does not stop the build. */
  warn(message: string): void
  /** Makes the build fail; it may throw. */
  fail(messages: string[]): void
  /** Shows the table at the end of a build. */
  print(report: string): void
}

/** Names with a hash that the bundler made before the code was edited, and that nobody can change any more. */
export interface FixedNames {
  /** Whether a script has such a name, made without regard to the content of a wasm file. */
  ignore(scriptName: string, wasm: HashedWasmFile): boolean
  /** How to get a name that changes with the wasm, as the beginning of a sentence: "Give such files …". */
  advice: string
}

/** What a build changes in an output, worked out before anything is written. */
export interface OutputChanges {
  /** The edits of those scripts in which nothing else changes, for a host whose source maps are made later. */
  edits: Edit[]
  /** The new content of every file that changes, by its old name. */
  contents: ReadonlyMap<string, string | Uint8Array>
  /** New names by old ones: of files whose content hash in the name changes, and of what is named after them. */
  fileNames: ReadonlyMap<string, string>
}

/** The content of a file, piece by piece: a piece may be gone when the next one comes. */
export type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** An output once it is written, to be compared with the hashes that its scripts carry. */
export interface WrittenOutput {
  /** The wasm files whose hashes are carried. */
  readonly files: HashedFile[]
  /** How to change a wasm file before it is hashed, as the beginning of a sentence: "Change wasm files in …". */
  readonly advice: string
  /**
   * Reads a file as it was written.
   *
   * @returns Undefined where it is not to be compared.
   * @throws {Error} If the file is not there.
   */
  readWritten(fileName: string): Pieces | undefined | Promise<Pieces | undefined>
}
