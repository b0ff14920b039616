import { isPathOf, type NamedWasm, type Warning } from '@wasm-cos/core'
import { carrierOf } from './inline-scripts.ts'
import type { Site } from './sites.ts'

/**
 * Warns of absolute paths by which scripts of a site name wasm although no file of the site has such a path: it lies
 * outside the folder, or another folder is the one that is served.
 *
 * @param named The paths that stand in the site's scripts.
 */
export function missingWasm({ scripts, wasm, nameInFolder }: Site, named: NamedWasm[]): Warning[] {
  const missing = named.filter(
    ({ path, isInText }) =>
      !isInText && path.startsWith('/') && !wasm.some(({ fileName }) => isPathOf(path, fileName)),
  )
  return missing.flatMap(({ path }): Warning[] => {
    const script = scripts.find(({ code }) => code.includes(path))
    if (script === undefined) return []
    return [
      {
        code: 'not-loaded-by-fetch',
        message:
          `${nameInFolder(carrierOf(script))} names ${path}, which is no file of this site: what the server has there will not come from ` +
          "Cross-Origin Storage. Run the command on the whole folder that is served, or exclude the path with the option 'exclude'.",
      },
    ]
  })
}
