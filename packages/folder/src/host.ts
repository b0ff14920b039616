import { posix } from 'node:path'
import type { Host } from '@wasm-cos/core'
import type { Site } from './read/sites.ts'

/** A site of a folder on disk as a host. What is to change is kept here: it is written once that of all sites is known. */
export interface SiteHost extends Host {
  /** New texts by name within the folder. */
  readonly changed: Map<string, string>
  mapNameOf(fileName: string): string
}

/** What is known of a site besides its files. */
interface KnownSite {
  /** The folder of the project's `package.json`. */
  root: string
  publicUrl?: string | undefined
  /** Reads a text of the folder, by name within it. */
  textOf: (fileName: string) => string | undefined
}

/** Makes the host of a site. */
export function hostOf(site: Site, { root, publicUrl, textOf }: KnownSite): SiteHost {
  const { nameInFolder, scripts, unreadable, wasm } = site
  const changed = new Map<string, string>()
  const contentOf = (fileName: string) => textOf(nameInFolder(fileName))
  return {
    changed,
    root,
    publicUrl,
    read: async () => [...wasm, ...scripts, ...unreadable],
    // What depends on edited files is followed in the whole folder, as far as the user allows: see write.ts.
    fileNames: () => [],
    contentOf,
    mapNameOf: (fileName) => mapNameOf(fileName, contentOf(fileName) ?? ''),
    edit({ contents }) {
      for (const [fileName, text] of contents) changed.set(nameInFolder(fileName), text as string)
    },
    // Manifest, table and warnings are those of the folder, not of each site: see inject.ts.
    emit() {},
    print() {},
    warn() {},
    fail(messages) {
      throw new Error(messages.join('\n'))
    },
  }
}

/** The map that a script names, or the one beside it, which a hidden map is. */
function mapNameOf(fileName: string, code: string): string {
  const named = [...code.matchAll(/\/[/*][#@] sourceMappingURL=([^\s*]+)/g)].at(-1)?.[1]
  if (named === undefined || /^(data|https?):|^\/\//.test(named)) return `${fileName}.map`
  return posix.join(
    named.startsWith('/') ? '' : posix.dirname(fileName),
    decodeURI(named).replace(/[?#].*$/, ''),
  )
}
