/** What happened to a request for a hashed file; each is a User Timing measure named `wasm-cos:<event>`. */
export type CosEvent = 'hit' | 'miss' | 'cached' | 'store' | 'error'

/** The `detail` of a `wasm-cos:*` entry. */
export interface CosDetail {
  /** Path of the file within the build's output. */
  file: string
  /** The URL that was requested. */
  url: string
  /** SHA-256 of the file, 64 lowercase hexadecimal digits. */
  hash: string
  /** Size of the file in bytes. */
  size: number
  /**
   * Why, for an error: the `name` of what Cross-Origin Storage or its lock threw (its type if it is no error), or
   * `TimeoutError`, `SizeMismatch`, `HashMismatch`, `StaleCache` (`integrity` healed a stale HTTP cache), `FetchFailed`
   * (`integrity`).
   */
  reason?: string
}
