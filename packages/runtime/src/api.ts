/**
 * Types of Cross-Origin Storage, the WICG proposal.
 *
 * @see https://github.com/WICG/cross-origin-storage
 */

/** The hash by which a file is stored and found. */
export interface WasmHash {
  /** The only algorithm implementations accept today. */
  algorithm: 'SHA-256'
  /** 64 lowercase hexadecimal digits. */
  value: string
}

/** Options of {@link CrossOriginStorageManager.requestFileHandle}. */
export interface RequestFileHandleOptions {
  /** `true` for a handle to write the file with; the default is a handle to read it. */
  create?: boolean
  /** Who may read what is written: any site (`'*'`) or a list of HTTPS origins; omitted: same-site origins only. */
  origins?: '*' | readonly string[]
}

/** `navigator.crossOriginStorage`. */
export interface CrossOriginStorageManager {
  /**
   * @throws `NotFoundError` (reading) if the file is not stored or not visible to this origin,
   * `NotAllowedError` if access is refused, `TypeError` for malformed arguments.
   */
  requestFileHandle(hash: WasmHash, options?: RequestFileHandleOptions): Promise<FileSystemFileHandle>
}

/** The API's first draft, still found in polyfills: a list of hashes for a list of handles. */
export interface CrossOriginStorageManagerDraft {
  requestFileHandles(hashes: WasmHash[], options?: RequestFileHandleOptions): Promise<FileSystemFileHandle[]>
}

declare global {
  interface Navigator {
    /** Absent in browsers without Cross-Origin Storage and in insecure contexts. */
    readonly crossOriginStorage?: CrossOriginStorageManager
  }
  interface WorkerNavigator {
    /** Absent in browsers without Cross-Origin Storage and in insecure contexts. */
    readonly crossOriginStorage?: CrossOriginStorageManager
  }
}
