import { isPathOf, type NamedWasm, type Warning } from '@wasm-cos/core'
import { carrierOf } from '../read/inline-scripts.ts'
import { filePublicAt, type PublicFolder } from '../read/public-folder.ts'
import type { Site } from '../read/sites.ts'
import { publicWasmInWords } from './public-wasm.ts'

/**
 * Warns of absolute paths by which scripts of a site name wasm although no file of the site has such a path: it lies
 * outside the folder, or another folder is the one that is served.
 *
 * @param named The paths that stand in the site's scripts.
 * @param publicFolder Where more files of the site come from.
 */
export function missingWasmWarnings(
  { scripts, wasm, nameInFolder }: Site,
  named: NamedWasm[],
  publicFolder?: PublicFolder,
): Warning[] {
  const missing = named.filter(
    ({ path, isByFetch, isEndOfUrl, isImported, isInText }) =>
      !isInText &&
      (isByFetch || isImported) &&
      !isEndOfUrl &&
      path.startsWith('/') &&
      !wasm.some(({ fileName }) => isPathOf(path, fileName)),
  )
  return missing.flatMap(({ path }): Warning[] => {
    const script = scripts.find(({ code }) => code.includes(path))
    if (script === undefined) return []
    const carrier = nameInFolder(carrierOf(script))
    const file = publicFolder && filePublicAt(path, publicFolder)
    if (publicFolder !== undefined && file !== undefined) {
      const message = publicWasmInWords(carrier, path, file, publicFolder)
      return [{ code: 'not-loaded-by-fetch', message }]
    }
    return [
      {
        code: 'not-loaded-by-fetch',
        message:
          `${carrier} names ${path}, which is no file of this site: what the server has there will not come from ` +
          "Cross-Origin Storage. Run the command on the whole folder that is served, or exclude the path with the option 'exclude'.",
      },
    ]
  })
}
