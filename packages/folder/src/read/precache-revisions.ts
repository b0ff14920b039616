import { posix } from 'node:path'
import { remember } from '@wasm-cos/core'
import { parseSync } from 'oxc-parser'
import { walk } from 'oxc-walker'

/**
 * An entry of a service worker's precache list that has a revision: browsers keep the file until the revision changes.
 */
export interface PrecacheRevision {
  /** The list's file. */
  in: string
  /** The file that it lists. */
  of: string
}

/**
 * Finds the entries `{ url, revision }` that precache lists of service workers, as Workbox writes them, have for some
 * files. The warning of precached wasm is another thing: `report/hint-warnings.ts` in core.
 *
 * @see https://developer.chrome.com/docs/workbox/modules/workbox-precaching
 */
export function findPrecacheRevisions(texts: Map<string, string>, files: string[]): PrecacheRevision[] {
  return [...texts].flatMap(([name, text]) => {
    const kind = /\.([cm]?js|json)$/.exec(name)?.[1]
    const urls = kind === undefined ? [] : kind === 'json' ? urlsInJson(text) : urlsInScript(text)
    return urls.flatMap((url) =>
      files.filter((file) => isUrlOf(url, file, name)).map((of) => ({ in: name, of })),
    )
  })
}

/** An object with no other in it, as an entry is. */
const flatObject = /\{[^{}]*\brevision\b[^{}]*\}/g

/** A revision that is written out. */
const revision = /\brevision["']?\s*:\s*["'`]/g

const urlsInScript = remember((text) => entriesIn(text, text))
const urlsInJson = remember((text) => entriesIn(text, `(${text})`))

/**
 * The URLs of the entries that have a revision. Scripts are large: they are parsed only for entries with objects in them.
 *
 * @param code The text as a script.
 */
function entriesIn(text: string, code: string): string[] {
  // To search for the word alone takes far less.
  if (!text.includes('revision') || !/\brevision\b/.test(text)) return []
  const flat = Array.from(text.matchAll(flatObject), ([object]) => object)
  const countIn = (code: string): number => code.match(revision)?.length ?? 0
  const areAllFlat = countIn(text) === countIn(flat.join())
  return areAllFlat ? flat.flatMap((object) => urlsIn(`(${object})`)) : urlsIn(code)
}

function urlsIn(code: string): string[] {
  const { program } = parseSync('list.js', code, { sourceType: 'unambiguous' })
  const urls: string[] = []
  walk(program, {
    enter(node) {
      if (node.type !== 'ObjectExpression') return
      const values = new Map<string, unknown>()
      for (const property of node.properties) {
        if (property.type !== 'Property' || property.computed) continue
        const { key, value } = property
        const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : ''
        if (value.type === 'Literal') values.set(name, value.value)
        else if (value.type === 'TemplateLiteral') values.set(name, value.quasis[0]?.value.cooked)
      }
      const url = values.get('url')
      if (typeof url === 'string' && typeof values.get('revision') === 'string') urls.push(url)
    },
  })
  return urls
}

/** Whether a URL in a list names a file, from wherever the folder is served. */
function isUrlOf(url: string, file: string, list: string): boolean {
  const path = url.replace(/[?#].*$/, '').replace(/^\.?\//, '')
  return path === file || path.endsWith(`/${file}`) || posix.join(posix.dirname(list), path) === file
}
