import { isPageName, isScriptName } from '../file-names.ts'
import type { Warning } from '../output.ts'
import { remember } from '../remember.ts'
import { FileNames } from '../scan/named-files.ts'

/** Where a text makes browsers download a file, and what to do about it. */
interface Hint {
  code: 'downloads-anyway' | 'precached'
  url: string
  at: number
  /** What the text does, as the part of a sentence that comes before the file. */
  does: string
  fix: string
}

/**
 * Warns of what downloads a shared file whatever Cross-Origin Storage holds: preload and prefetch hints in pages and in files
 * of response headers, and lists of service workers: Workbox's, Angular's and those written by hand.
 *
 * @param texts Pages, header files, scripts and `ngsw.json` of the output, by name.
 * @param shared The names of the wasm files that come from Cross-Origin Storage.
 */
export function hintWarnings(texts: ReadonlyMap<string, string>, shared: string[]): Warning[] {
  const names = new FileNames(shared)
  return [...texts].flatMap(([name, text]) => {
    const found = new Map<string, Warning>()
    for (const hint of hintsIn(name, text)) {
      for (const fileName of names.namedBy(hint.url)) {
        const { code, does } = hint
        const key = JSON.stringify([fileName, does])
        if (!found.has(key)) found.set(key, { code, message: message(name, text, fileName, hint) })
      }
    }
    return [...found.values()]
  })
}

function message(name: string, text: string, fileName: string, { at, does, fix }: Hint): string {
  const line = text.slice(0, at).split('\n').length
  return `${name}:${line} ${does} ${fileName}: that downloads it whatever Cross-Origin Storage holds. ${fix}`
}

function hintsIn(name: string, text: string): Hint[] {
  if (isPageName(name)) return linksIn(text)
  if (/(^|\/)_headers$/.test(name)) return headersIn(text)
  if (/(^|\/)ngsw\.json$/.test(name)) return assetGroupsIn(text)
  return isScriptName(name) ? listsIn(text) : []
}

const removeHint = 'Remove the hint.'

/** Who precaches may want just that. */
const unlessOffline =
  'unless the page has to work offline for visitors whose browsers have no Cross-Origin Storage, or that storage evicts it'

function linksIn(html: string): Hint[] {
  const plain = html.replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
  return Array.from(plain.matchAll(/<link\b[^>]*>/gi)).flatMap(({ 0: tag, index: at }): Hint[] => {
    const kind = kindOf(attributeOf(tag, 'rel'))
    const url = attributeOf(tag, 'href')
    return kind === undefined || url === undefined
      ? []
      : [{ code: 'downloads-anyway', url, at, does: `has <link rel="${kind}"> for`, fix: removeHint }]
  })
}

function attributeOf(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag)
  return match?.[1] ?? match?.[2] ?? match?.[3]
}

/** `Link: </a.wasm>; rel=preload` in the `_headers` of Netlify and Cloudflare. */
function headersIn(text: string): Hint[] {
  return Array.from(text.matchAll(/<([^>]*)>\s*;[^,\n]*?\brel\s*=\s*"?([\w\s]+)/gi)).flatMap(
    ({ 1: url = '', 2: rel, index: at }): Hint[] => {
      const kind = kindOf(rel)
      return kind === undefined
        ? []
        : [{ code: 'downloads-anyway', url, at, does: `sends a Link header (${kind}) for`, fix: removeHint }]
    },
  )
}

function kindOf(rel = ''): string | undefined {
  return rel
    .toLowerCase()
    .split(/\s+/)
    .find((word) => ['preload', 'prefetch', 'modulepreload'].includes(word))
}

/** What a service worker stores when it is installed. */
const listsIn = remember((code): Hint[] => {
  const isByHand =
    /(["'`])install\1/.test(code) &&
    /\.(addAll|add)\(/.test(code) &&
    code.includes('caches') &&
    !code.includes('WebAssembly')
  const isWorkbox = /\brevision\b/.test(code) && /precache/i.test(code)
  const strings = isByHand
    ? stringsAdded(code)
    : isWorkbox
      ? code.matchAll(/\burl["']?\s*:\s*(["'`])([^"'`\n]*)\1/g)
      : []
  const fix = isWorkbox
    ? `Leave it out of the list (Workbox: 'globIgnores', in its webpack plugin 'exclude'), ${unlessOffline}.`
    : `Leave it out of the list, ${unlessOffline}.`
  return Array.from(strings, ({ 2: url = '', index: at }) => ({
    code: 'precached',
    url,
    at,
    does: 'precaches',
    fix,
  }))
})

/**
 * The strings that a service worker adds to a cache: those of the lists that it writes out for that alone. Where it may come by
 * others, all that it has.
 */
function stringsAdded(code: string): RegExpExecArray[] {
  const added = new Set(
    Array.from(code.matchAll(/\.add(?:All)?\(\s*([\w$]*)\s*\)?/g), ([call, name]) =>
      call.endsWith(')') ? name! : '',
    ),
  )
  const isClear = added.size < 10 && !code.includes('.put(')
  const lists = isClear ? Array.from(added, (name) => listOf(name, code)) : [undefined]
  const known = lists.filter((list) => list !== undefined)
  // Flutter's has the digests of all files by their names, and stores few of them when it is installed.
  const strings = /\.add(?:All)?\(\s*Object\.keys\(/.test(code)
    ? /(["'`])([^"'`\n]*)\1/g
    : /(["'`])([^"'`\n]*)\1(?!\s*:\s*["'][\da-f]{32}["'])/g
  return (known.length === lists.length ? known : [{ list: code, start: 0 }]).flatMap(({ list, start }) =>
    Array.from(list.matchAll(strings), (found) => Object.assign(found, { index: found.index + start })),
  )
}

/** The list that a constant is, if it is written out and nothing but strings. */
function listOf(name: string, code: string): { list: string; start: number } | undefined {
  if (name === '') return undefined
  const escaped = name.replaceAll('$', String.raw`\$`)
  const given = new RegExp(
    String.raw`(?<![\w$.])${escaped}\s*(?:\.\s*(?:push|unshift|splice|concat)\b|=(?!=))`,
    'g',
  )
  const found = new RegExp(
    String.raw`\bconst\s+${escaped}\s*=\s*(\[(?:\s*(?:"[^"\n]*"|'[^'\n]*')\s*,?)*\s*\])\s*(?:;|\n|$)`,
  ).exec(code)
  if (found === null || code.match(given)?.length !== 1) return undefined
  return { list: found[1]!, start: found.index + found[0].indexOf('[') }
}

/**
 * What Angular's service worker stores when it is installed.
 *
 * @see https://angular.dev/ecosystem/service-workers/config#assetgroups
 */
function assetGroupsIn(json: string): Hint[] {
  const { assetGroups = [] } = parse(json) as { assetGroups?: { installMode?: string; urls?: string[] }[] }
  const fix = `Give it an asset group of its own with installMode 'lazy' in ngsw-config.json, ${unlessOffline}.`
  return assetGroups
    .filter(({ installMode }) => installMode !== 'lazy')
    .flatMap(({ urls = [] }) =>
      urls.map((url): Hint => ({
        code: 'precached',
        url,
        at: Math.max(0, json.indexOf(JSON.stringify(url))),
        does: 'precaches',
        fix,
      })),
    )
}

function parse(json: string): object {
  try {
    return (JSON.parse(json) as object | null) ?? {}
  } catch {
    return {}
  }
}
