import type { NoWasm } from '../hash/no-wasm.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { matchingFiles } from '../options/selected-files.ts'
import type { CandidateFile, Warning } from '../output.ts'

/** Warns of files that have the name of a wasm file, and something else in them; small as they are, `minSize` is not for them. */
export function noWasmWarnings(wasm: CandidateFile[], options: ResolvedOptions): Warning[] {
  const others = wasm.filter(({ noWasm }) => noWasm !== undefined)
  return matchingFiles(others, options).map(({ fileName, noWasm }) => ({
    code: 'no-wasm',
    file: fileName,
    message: `${fileName} is not shared: it is no WebAssembly module but ${reasons[noWasm!]}, or exclude it with the option 'exclude'.`,
  }))
}

const reasons: Record<NoWasm, string> = {
  'git-lfs': 'a pointer of Git LFS: run "git lfs pull" before the build',
  html: 'an HTML page, as a server sends it in place of what it does not have: download the file again',
  empty: 'empty: build or download the file again',
}
