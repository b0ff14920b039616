import { remember } from '../memory/remember.ts'
import type { Hint } from './hint.ts'

/** When it is right to precache a file nevertheless. */
const unlessOffline =
  'unless the page has to work offline for visitors whose browsers have no Cross-Origin Storage, or that storage evicts it'

/** The files in the lists of a service worker that it stores when it is installed: Workbox's, and those written by hand. */
export const precacheListsIn: (code: string) => Hint[] = remember((code): Hint[] => {
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
 * The files in `ngsw.json` that Angular's service worker stores when it is installed.
 *
 * @see https://angular.dev/ecosystem/service-workers/config#assetgroups
 */
export function assetGroupsIn(json: string): Hint[] {
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
