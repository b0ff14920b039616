import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { Warning } from '@wasm-cos/core'
import { buildSite, type SiteSettings } from './build-site.ts'
import { pageName, readFolder, scriptName } from './read.ts'
import type { PublicFolder } from './read/public-folder.ts'
import { sitesIn } from './read/sites.ts'

/** Warns of the scripts and pages of a public folder that load wasm and were not told of Cross-Origin Storage. */
export async function publicGlueWarnings(folder: PublicFolder, settings: SiteSettings): Promise<Warning[]> {
  if (!existsSync(folder.path)) return []
  const found = await readFolder(folder.path)
  const sites = await Promise.all(sitesIn(found).map((site) => buildSite(site, found, settings)))
  const names = sites
    .flatMap(({ changed }) => [...changed.keys()])
    .filter((name) => scriptName.test(name) || pageName.test(name))
  const shown = basename(folder.path)
  return names.map((name) => ({
    code: 'not-loaded-by-fetch',
    file: name,
    message:
      `${shown}/${name} loads wasm, and ${folder.of} serves it as it is: its wasm will not come from Cross-Origin Storage. ` +
      `Run "npx wasm-cos inject ${shown}" before "${folder.buildCommand}" (and after what copies it there), or exclude the wasm ` +
      "with the option 'exclude'.",
  }))
}
