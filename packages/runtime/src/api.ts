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

/** Options of {@link CrossOriginStorageManager.getFileHandle}. */
export interface GetFileHandleOptions {
  /** `true` for a handle to write the file with; the default is a handle to read it. */
  create?: boolean
  /**
   * Who may read what is written: any site (`'*'`) or a list of HTTPS origins; omitted: same-site origins only. A list
   * counts as far as the page's header `Cross-Origin-Storage-Allow-Origin` names its origins.
   */
  origins?: '*' | readonly string[]
}

/**
 * `navigator.crossOriginStorage`. The method has had three names; an implementation has one of them, or more: ask for
 * the first of these that is a function.
 */
export interface CrossOriginStorageManager {
  /**
   * Opens a file by its hash.
   *
   * @throws `NotFoundError` (reading) if the file is not stored, not visible to this origin, or withheld;
   * `NotAllowedError` if access is refused; `TypeError` for malformed arguments.
   */
  getFileHandle?(hash: WasmHash, options?: GetFileHandleOptions): Promise<FileSystemFileHandle>
  /**
   * Opens a file by its hash.
   *
   * @deprecated The name from June to autumn 2026. The extension has it; Chromium has `getFileHandle`.
   */
  requestFileHandle?(hash: WasmHash, options?: GetFileHandleOptions): Promise<FileSystemFileHandle>
  /**
   * Opens files by their hashes.
   *
   * @deprecated The first draft: a list of hashes for a list of handles. Older polyfills have it.
   */
  requestFileHandles?(hashes: WasmHash[], options?: GetFileHandleOptions): Promise<FileSystemFileHandle[]>
}

declare global {
  /** The class of {@link navigator.crossOriginStorage}; polyfills and extensions have none. */
  var CrossOriginStorageManager: (Function & { prototype: CrossOriginStorageManager }) | undefined
  interface Navigator {
    /** Absent in browsers without Cross-Origin Storage and in insecure contexts. */
    readonly crossOriginStorage?: CrossOriginStorageManager
  }
  interface WorkerNavigator {
    /** Absent in browsers without Cross-Origin Storage and in insecure contexts. */
    readonly crossOriginStorage?: CrossOriginStorageManager
  }
}
