import { existsSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { isPageName, isScriptName, type Warning } from '@wasm-cos/core'
import { buildSite, type SiteSettings } from '../build-site.ts'
import { readFolder } from '../read.ts'
import type { PublicFolder } from '../read/public-folder.ts'
import { sitesIn } from '../read/sites.ts'

/**
 * Warns of the scripts and pages of a public folder that load wasm and were not told of Cross-Origin Storage.
 *
 * @param output Absolute path of the output: what another build has copied into it is that build's.
 */
export async function publicGlueWarnings(
  folder: PublicFolder,
  settings: SiteSettings,
  output: string,
): Promise<Warning[]> {
  if (!existsSync(folder.path)) return []
  const found = await readFolder(folder.path).catch((error: unknown) => {
    // Of a folder that may be no part of the site, nothing has to be readable.
    if (folder.isServed) throw error
    return undefined
  })
  if (found === undefined) return []
  const sites = await Promise.all(sitesIn(found).map((site) => buildSite(site, found, settings)))
  const names = sites
    .flatMap(({ changed }) => [...changed.keys()])
    .filter((name) => isScriptName(name) || isPageName(name))
    .filter((name) => !existsSync(join(output, name)) && !isIn(output, join(folder.path, name)))
  const shown = basename(folder.path)
  return names.map((name) => ({
    code: 'not-loaded-by-fetch',
    file: name,
    message:
      `${shown}/${name} loads wasm, and ${folder.of} serves it as it is: its wasm will not come from Cross-Origin Storage. ` +
      `Run "npx wasm-cos inject ${shown}" before ${folder.build} (and after what copies it there), or exclude the wasm ` +
      "with the option 'exclude'.",
  }))
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(folder + sep)
}
