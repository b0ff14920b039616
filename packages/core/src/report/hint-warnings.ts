import { isPageName, isScriptName } from '../file-names.ts'
import type { Warning } from '../output.ts'
import { FileNames } from '../scan/named-files.ts'
import type { Hint } from './hint.ts'
import { assetGroupsIn, precacheListsIn } from './precache-lists.ts'

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
  return isScriptName(name) ? precacheListsIn(text) : []
}

const removeHint = 'Remove the hint.'

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
