import type { ResolvedOptions } from '../options/resolve-options.ts'
import type { Change, HashedFile } from '../output.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'
import { declare } from './declarations.ts'
import { insertionsOf } from './insertion.ts'
import type { OutputPlaces } from './places.ts'
import { changeReferences } from './references.ts'

/**
 * Makes a script answer for files: its references of the global `fetch` become calls of a function that stands in the script and gives
 * what to call. A function declaration is there before the first line runs, also at the end of a module in a cycle.
 *
 * `fetch(url).then(done, fetch)` in a classic script becomes, without these line breaks:
 *
 * ```js
 * function cosFetch_1f0c92ab(own) {
 *   'use strict' // a module is strict by itself
 *   const wasmHash = { algorithm: 'SHA-256', value: 'e3b0…' }
 *   return (
 *     cosFetch_1f0c92ab.cosFetch || (cosFetch_1f0c92ab.cosFetch = STUB([['a.wasm', 28512, wasmHash, '*']], PLACES, 1, 500))
 *   )(own)
 * }
 * function cosFetch_1f0c92ab_of(fetch) { … cosFetch_1f0c92ab(fetch) … }
 * var cosFetch_1f0c92ab_script = document.currentScript // a module has `import.meta.url`
 * ;(typeof cosFetch_1f0c92ab < 'u' ? cosFetch_1f0c92ab() : fetch)(url).then(
 *   done,
 *   typeof cosFetch_1f0c92ab_of < 'u' ? cosFetch_1f0c92ab_of(fetch) : fetch,
 * )
 * ```
 *
 * @param places Where the files of the output are.
 */
export function inject(
  script: ScannedScript,
  files: HashedFile[],
  options: ResolvedOptions,
  places: OutputPlaces,
): Change[] {
  const { name, functions, statements } = declare(script, files, options, places)
  return [...insertionsOf(script, functions, statements), ...changeReferences(script, name)]
}
