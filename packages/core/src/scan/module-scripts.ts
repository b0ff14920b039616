import { isPageName } from '../file-names.ts'
import { posix } from 'node:path'
import { isPathOf } from './is-path-of.ts'

/** The start tags of scripts that are files of their own. */
const scriptTag = /<script\b[^>]*\bsrc\s*=[^>]*>/gi
const source = /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i
const moduleType = /\btype\s*=\s*["']?module\b/i

/**
 * Makes a function that tells whether pages load a script as a module, and none loads it as a classic script: some bundlers'
 * modules have neither `import` nor `export` left to be known by.
 *
 * @param texts The texts of an output, by name.
 */
export function moduleScripts(texts: Iterable<[name: string, text: string]>): (fileName: string) => boolean {
  const modules: string[] = []
  const classic: string[] = []
  for (const [page, html] of texts) {
    if (!isPageName(page)) continue
    for (const [tag] of html.matchAll(scriptTag)) {
      const [, double, single, bare] = source.exec(tag) ?? []
      const path = pathOf(double ?? single ?? bare ?? '', page)
      if (path !== undefined) (moduleType.test(tag) ? modules : classic).push(path)
    }
  }
  return (fileName) =>
    modules.some((path) => isPathOf(path, fileName)) && !classic.some((path) => isPathOf(path, fileName))
}

/** The path that a URL in a page stands for, from the root of the site; undefined if it is none. */
function pathOf(url: string, page: string): string | undefined {
  try {
    return decodeURI(new URL(url, `http://site/${posix.dirname(page)}/`).pathname)
  } catch {
    return undefined
  }
}
