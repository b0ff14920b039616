import { posix } from 'node:path'
import type { Host } from '@wasm-cos/core'
import type { Site } from './read/sites.ts'

/** A site of a folder on disk as a host. It keeps the changes: they are written once those of all sites are known. */
export interface SiteHost extends Host {
  /** New texts by name within the folder. */
  readonly changed: Map<string, string>
  mapNameOf(fileName: string): string
}

/** What a site's host has to know besides the site's files. */
interface KnownSite {
  /** The folder of the project's `package.json`. */
  root: string
  publicUrl?: string | undefined
  /** Reads a text of the folder, by name within it. */
  textOf: (fileName: string) => string | undefined
}

/** Makes the host of a site. */
export function hostOf(site: Site, { root, publicUrl, textOf }: KnownSite): SiteHost {
  const { importMaps, nameInFolder, scripts, unreadable, wasm } = site
  const changed = new Map<string, string>()
  const contentOf = (fileName: string) => textOf(nameInFolder(fileName))
  return {
    changed,
    root,
    publicUrl,
    isOnDisk: true,
    read: async () => [...wasm, ...scripts, ...unreadable, ...importMaps],
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

/**
 * The name of a script's source map: the one that the script names, else the one beside it, where bundlers put a hidden
 * map.
 */
function mapNameOf(fileName: string, code: string): string {
  const named = mapNamedIn(code)
  if (named === undefined || /^(data|https?):|^\/\//.test(named)) return `${fileName}.map`
  const path = decodedPath(named.replace(/[?#].*$/, ''))
  return path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(fileName), path)
}

/** @see https://tc39.es/ecma426/#sec-linking-inline */
const mapComment = /\/[/*][#@] sourceMappingURL=([^\s*'"`]+)\s*?(?:\*\/|$)/my
const mark = ' sourceMappingURL='

/** The URL in the last comment that names a map. It is near the end of a script, which may have megabytes. */
function mapNamedIn(code: string): string | undefined {
  for (let at = code.lastIndexOf(mark); at >= 3; at = code.lastIndexOf(mark, at - 1)) {
    mapComment.lastIndex = at - 3
    const [, named] = mapComment.exec(code) ?? []
    if (named !== undefined) return named
  }
  return undefined
}

/** A path without the escapes of a URL, but for those of separators; the path itself where an escape is damaged. */
function decodedPath(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
