import type { ScriptFile } from '../output.ts'
import { escapedCharacter, patternOf } from '../syntax/word-positions.ts'
import { globalObjects, namesOfFetch } from './global-object.ts'
import { webAssemblyInBase64 } from './loader-text.ts'
import type { Names } from './named-files.ts'
import { injectedGlobals, xhrGlobals } from './stub-globals.ts'

/** What a walk looks for, besides the files that strings name. */
export const wordsOfInterest: readonly string[] = [
  ...namesOfFetch,
  ...injectedGlobals,
  'WebAssembly',
  'XMLHttpRequest',
  'importScripts',
  '.open',
  'import',
  'with',
  'AGFzb',
  'data:application/wasm,',
  ...webAssemblyInBase64,
]

/**
 * Finds where something stands in a script that its scan may find. Of the names of the platform's globals, those are
 * left out that declare nothing for sure: a scan looks for declarations of these names, and they stand everywhere.
 *
 * @returns In UTF-16 code units, in order.
 */
export function positionsToKeep({ code, format }: ScriptFile, names: Names): number[] {
  const globals = platformGlobals(code)
  const words = wordsOfInterest.filter(
    (word) => !globals.has(word) && !globalObjects.includes(word) && !/^(?:import|with)$/.test(word),
  )
  const pattern = new RegExp(
    [
      patternOf([...words, ...names.endings]),
      escapedCharacter,
      String.raw`\bimport\b`,
      String.raw`\bwith\s*[(/]`,
      String.raw`\beval\b`,
      // It makes a module of a script that nothing is known of.
      ...(format === undefined || format === 'either' ? [String.raw`\bawait\b`] : []),
      String.raw`(?<global>(?<![\w$])(?:${patternOf([...globals, ...globalObjects])})(?![\w$]))`,
    ].join('|'),
    'g',
  )
  return [...code.matchAll(pattern)].flatMap(({ 0: word, index, groups }) =>
    groups!.global !== undefined && isOfNoUse(code, word, index) ? [] : index,
  )
}

/** What may be injected takes from the platform, besides the global object and what a scan looks for. */
function platformGlobals(code: string): Set<string> {
  const names = new Set([...injectedGlobals, ...(code.includes('XMLHttpRequest') ? xhrGlobals : [])])
  for (const name of [...globalObjects, 'fetch', 'XMLHttpRequest']) names.delete(name)
  return names
}

/** Whether the name of a global declares nothing where it stands, and reaches none of what a scan looks for. */
function isOfNoUse(code: string, name: string, start: number): boolean {
  const end = start + name.length
  const before = code.slice(Math.max(0, start - 12), start)
  const after = code.slice(end, end + 20)
  // A property of something else; `...name` is none.
  if (/(?:^|[^.])\.$/.test(before)) return true
  if (globalObjects.includes(name)) return /^\.(?!fetch|XMLHttpRequest)[A-Za-z_$]/.test(after)
  if (/^\s*\.\s*[A-Za-z_$]/.test(after)) return true
  // An operand, unless it is the parameter of an arrow function; comments are not looked through.
  if (/(?:^|[^\w$.])(?:new|typeof|instanceof|return|throw|case|void|delete|in)[ \t]+$/.test(before)) {
    return !/^\s*(?:=>|\/[/*])/.test(after)
  }
  return /[-!%&(+,:;<=>?[\]^{|}~][ \t]*$/.test(before) && /^[ \t]*\(/.test(after)
}
