import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { rootManifest } from '../release/packages.mjs'
import { root } from '../setup.mjs'
import { anchorsOf, linksOf } from './markdown.mjs'

const repository = rootManifest.homepage.replace(/#.*/, '')
const rawRepository = repository.replace('//github.com/', '//raw.githubusercontent.com/')

/**
 * A folder with texts that link to each other.
 *
 * @typedef {object} Tree
 * @property {(path: string) => boolean} has Whether there is such a file or folder.
 * @property {(path: string) => string} read What a file says.
 */

/** @type {Tree} The repository. */
export const repositoryTree = {
  has: (path) => existsSync(join(root, path)),
  read: (path) => readFileSync(join(root, path), 'utf8'),
}

/**
 * Finds the links of a text that lead nowhere: to a file that is not in its tree, to a file of the repository that does
 * not exist, or to a heading that is not there. Links to other sites are not followed.
 *
 * @param {string} file The path of the text in its tree.
 * @param {Tree} tree Where relative links have to lead.
 * @returns {string[]} The broken links as they are written.
 */
export function brokenLinks(file, tree) {
  return linksOf(tree.read(file)).filter((link) => {
    const [url = '', anchor] = link.split('#')
    const path = pathInRepository(url)
    if (path !== undefined) return !leadsSomewhere(path, anchor, repositoryTree)
    if (/^[a-z]+:/.test(url)) return false
    return !leadsSomewhere(url === '' ? file : posix.join(posix.dirname(file), url), anchor, tree)
  })
}

/**
 * The file of the repository that an absolute URL names on its forge.
 *
 * @param {string} url Without an anchor.
 * @returns {string | undefined} Its path; nothing for other URLs and other pages of the forge.
 */
function pathInRepository(url) {
  if (url === repository) return 'README.md'
  for (const start of [`${repository}/blob/main/`, `${repository}/tree/main/`, `${rawRepository}/main/`]) {
    if (url.startsWith(start)) return url.slice(start.length)
  }
  return undefined
}

/** @type {(path: string, anchor: string | undefined, tree: Tree) => boolean} */
function leadsSomewhere(path, anchor, tree) {
  if (!tree.has(path)) return false
  if (anchor === undefined) return true
  const text = path.endsWith('.md') ? path : posix.join(path, 'README.md')
  return tree.has(text) && anchorsOf(tree.read(text)).has(anchor)
}
