import { stub, stubWithIntegrity, xhrStub } from '@wasm-cos/runtime/stub'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** What the injected text depends on besides the files: for names that carry a content hash. */
export function stubFingerprint({ integrity, text }: ResolvedOptions): string {
  return (integrity ? stubWithIntegrity : stub) + xhrStub + text
}
