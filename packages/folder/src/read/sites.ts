import { posix } from 'node:path'
import {
  decoded,
  type HashedWasmFile,
  type ImportMap,
  type ScriptFile,
  type UnreadableFile,
  isPageName,
} from '@wasm-cos/core'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { type Folder } from '../read.ts'
import { isNextBuild, isOfNextServer, publicFoldersOfNext } from './next.ts'
import { elementsIn } from './inline-scripts.ts'
import { leftBeside } from './left-beside.ts'
import { importMapsIn, scriptsIn } from './scripts.ts'

type Document = DefaultTreeAdapterTypes.Document

/**
 * The files of a folder that are served under one root: wasm files and scripts, those in pages too. Their names start
 * at the root.
 */
export interface Site {
  /** Path within the folder, `''` for the folder itself. */
  root: string
  wasm: HashedWasmFile[]
  scripts: ScriptFile[]
  importMaps: ImportMap[]
  unreadable: UnreadableFile[]
  /** The name that a file of the site has in the folder. */
  nameInFolder: (fileName: string) => string
}

/** The sites in a folder: one, unless its pages say that there are several. */
export function sitesIn({ fileNames, texts, unreadable, wasm }: Folder): Site[] {
  const roots = new Set([...findRoots(fileNames, texts), ...publicFoldersOfNext(fileNames)])
  const left = leftBeside(texts)
  return [...roots].map((root): Site => {
    const start = root === '' ? 0 : root.length + 1
    const isOfNext = isNextBuild(root, fileNames)
    const isOwn = (name: string) => isIn(name, root) && !(isOfNext && isOfNextServer(name.slice(start)))
    const own = [...texts]
      .filter(([name]) => isOwn(name) && !left.has(name))
      .map(([name, text]): [string, string] => [name.slice(start), text])
    return {
      root,
      wasm: wasm
        .filter(({ fileName }) => isOwn(fileName))
        .map((file) => ({ ...file, fileName: file.fileName.slice(start) })),
      scripts: scriptsIn(own),
      importMaps: importMapsIn(own),
      unreadable: unreadable
        .filter(isOwn)
        .map((name) => ({ type: 'unreadable', fileName: name.slice(start) })),
      nameInFolder: (fileName) => posix.join(root, fileName),
    }
  })
}

/**
 * Finds the folders that are served as sites: the root of each, by path within the folder, `''` for the folder itself.
 * A page says where its root is by what it refers to: `/assets/app.js` stands for a file `<root>/assets/app.js`, perhaps
 * below a base path; a page with relative references alone is a site with all that these lead to. Where it refers to nothing,
 * the scripts that stand in it say it. Pages in the folders of
 * one site (`about/index.html`) lead to the same root. Where there is no page, because a server renders them, the paths
 * that scripts and manifests name say it.
 *
 * @param fileNames Every file.
 * @param texts The text of every page, script and manifest, by name.
 */
export function findRoots(fileNames: string[], texts: Map<string, string>): string[] {
  const files = new FilesByBaseName(fileNames)
  const roots = new Set<string | undefined>()
  const rootsByScripts = new Set<string | undefined>()
  for (const [page, html] of texts) {
    if (!isPageName(page)) continue
    const document = parse(html)
    const root = rootOf(page, referencesIn(document), files)
    roots.add(root)
    if (root === undefined) rootsByScripts.add(rootOf(page, namedInline(document), files))
  }
  if (rootsIn(roots).length === 0) roots.add(rootOfPaths(texts, files))
  const all = rootsIn([...roots, ...rootsByScripts])
  const outermost = all.filter((root) => !all.some((other) => isIn(root, other)))
  return outermost.length === 0 ? [''] : outermost.toSorted()
}

/** Whether a path is below a folder; everything but itself is below `''`. */
export function isIn(path: string, folder: string): boolean {
  return path !== folder && (folder === '' || path.startsWith(`${folder}/`))
}

/** The folder that has to be a site's root so that a page's references are files; undefined without references. */
function rootOf(page: string, references: string[], files: FilesByBaseName): string | undefined {
  const folder = parentOf(page)
  const votes = new Map<string, number>()
  let own: string | undefined
  for (const reference of references) {
    const file = posix.normalize(posix.join(folder, reference))
    if (!reference.startsWith('/') && files.has(file)) {
      own = commonFolder(own ?? folder, parentOf(file))
      continue
    }
    const root = files.rootFor(reference.replace(/^(\.{0,2}\/)+/, ''), folder)
    if (root !== undefined) votes.set(root, (votes.get(root) ?? 0) + 1)
  }
  const [voted] = [...votes].toSorted(([, a], [, b]) => b - a)
  if (voted === undefined) return own
  return own === undefined || own === voted[0] || isIn(own, voted[0]) ? voted[0] : commonFolder(own, voted[0])
}

const absolutePath = /["'`](\/[^"'`\s<>()?#]+\.(?:wasm|[cm]?js))["'`?#]/g

function rootsIn(roots: Iterable<string | undefined>): string[] {
  return [...new Set(roots)].filter((root) => root !== undefined)
}

/** The folder below which most of the absolute paths in texts are files; undefined where there are none. */
function rootOfPaths(texts: Map<string, string>, files: FilesByBaseName): string | undefined {
  const votes = new Map<string, number>()
  for (const [name, text] of texts) {
    if (name.endsWith('.map')) continue
    for (const [, path] of text.matchAll(absolutePath)) {
      const root = files.rootFor(path!.slice(1), '')
      if (root !== undefined) votes.set(root, (votes.get(root) ?? 0) + 1)
    }
  }
  return [...votes].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** Emitted files by the last segment of their path. */
class FilesByBaseName {
  readonly #names: Set<string>
  readonly #byBase = new Map<string, string[]>()

  constructor(fileNames: string[]) {
    this.#names = new Set(fileNames)
    for (const name of fileNames) {
      const others = this.#byBase.get(posix.basename(name))
      if (others === undefined) this.#byBase.set(posix.basename(name), [name])
      else others.push(name)
    }
  }

  has(fileName: string): boolean {
    return this.#names.has(fileName)
  }

  /**
   * The folder below which a path is a file, or as much of its end as is not a base path. Of several, it is one around
   * the page, and the outermost.
   */
  rootFor(path: string, pageFolder: string): string | undefined {
    const segments = path.split('/')
    for (let dropped = 0; dropped < segments.length; dropped++) {
      const end = segments.slice(dropped).join('/')
      const roots = (this.#byBase.get(segments.at(-1)!) ?? [])
        .filter((name) => name === end || name.endsWith(`/${end}`))
        .map((name) => name.slice(0, -end.length).replace(/\/$/, ''))
      const around = roots.filter((root) => root === pageFolder || isIn(pageFolder, root))
      const [best] = (around.length > 0 ? around : roots).toSorted((a, b) => a.length - b.length)
      if (best !== undefined) return best
    }
    return undefined
  }
}

/** The scripts, styles and preloaded files that a page refers to on its own server, without query and fragment. */
function referencesIn(document: Document): string[] {
  const references: string[] = []
  for (const { tagName, attrs } of elementsIn(document)) {
    const value = (name: string) => attrs.find((attribute) => attribute.name === name)?.value
    const url = tagName === 'script' ? value('src') : tagName === 'link' ? value('href') : undefined
    const path = url?.trim().replace(/[?#].*$/s, '')
    if (path && /\.\w+$/.test(path) && !/^(\w+:|\/\/)/.test(path)) references.push(decoded(path))
  }
  return references
}

const namedPath = /["'`]((?:\.{0,2}\/)*[^"'`\s<>()?#:]+\.(?:wasm|[cm]?js))["'`?#]/g

/** The paths in the scripts that stand in a page. */
function namedInline(document: Document): string[] {
  return [...elementsIn(document)]
    .filter(({ tagName }) => tagName === 'script')
    .flatMap(({ childNodes }) => childNodes.map((node) => ('value' in node ? node.value : '')))
    .flatMap((code) => Array.from(code.matchAll(namedPath), ([, named]) => named!))
}

function parentOf(path: string): string {
  const parent = posix.dirname(path)
  return parent === '.' ? '' : parent
}

function commonFolder(one: string, other: string): string {
  let common = one
  while (other !== common && !isIn(other, common)) common = parentOf(common)
  return common
}
