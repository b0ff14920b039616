import { storageHeader } from '@wasm-cos/core'
import type { Folder } from './read.ts'
import { verify } from './verify.ts'

/** The response header that a folder's pages need, as its scripts and manifests say; undefined where they need none. */
export function headerOf(folder: Folder, manifestName?: string): ReturnType<typeof storageHeader> {
  return storageHeader(verify(folder, manifestName).findings.map(({ origins }) => origins ?? []))
}
