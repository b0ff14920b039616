import type { DependencyFile } from '@wasm-cos/core'

/**
 * An entry of `manual-additions.json` of the Public Hash List, as far as it can be filled in here; a
 * field is `null` that the person who proposes it has to fill in.
 *
 * @see https://github.com/WICG/cross-origin-storage/tree/main/public-hash-list
 */
export interface ManualAddition {
  /** Where the same bytes are served for everyone: jsDelivr has the files of every public package. */
  url: string
  sha256: string
  description: string
  rationale: null
  added: null
  pr: null
}

/** Fills in the entry for a file that a public dependency ships. */
export function manualAddition(
  sha256: string,
  { name, version, file }: Pick<DependencyFile, 'version' | 'file'> & { name: string },
): ManualAddition {
  return {
    url: `https://cdn.jsdelivr.net/npm/${name}@${version}/${encodeURI(file)}`,
    sha256,
    description: `${file} of ${name} ${version}`,
    rationale: null,
    added: null,
    pr: null,
  }
}
