import type { Origins } from '@wasm-cos/core'

/** An embedded hash, compared with the file that it stands for. */
export interface Finding {
  /** `true`: the file has this hash. `stale`: it has another, or it cannot be told which file is meant. */
  status: 'true' | 'stale' | 'missing'
  /** The wasm file, by path within the folder; as the carrier names it where it is missing. */
  file: string
  /** Bytes, as the file is now. */
  size?: number
  /** The file's hash as it is now. */
  hash?: string
  /** The hash that is carried. */
  embedded: string
  /** The script, page or manifest that carries it. */
  carrier: string
  by: 'wasm-cos' | 'import' | 'emscripten' | 'manifest'
  origins?: Origins
  /** What is wrong, in words. */
  problem?: string
}

/** The first digits of a hash, as many as people compare. */
export function short(hash: string): string {
  return hash.slice(0, 12)
}
