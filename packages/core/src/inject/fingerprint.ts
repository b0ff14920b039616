import { stub, stubWithIntegrity, xhrStub } from '@wasm-cos/runtime/stub'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** A text that changes whenever the injected one does, the files aside: names that carry a content hash depend on it. */
export function stubFingerprint({ integrity, text }: ResolvedOptions): string {
  return (integrity ? stubWithIntegrity : stub) + xhrStub + text
}
