import type { Node } from '../syntax/parse.ts'
import type { FetchAssignment } from './fetch-assignments.ts'
import { handsRequestOn } from './hands-request-on.ts'
import { collectNamedValues, nameOf } from './named-values.ts'
import { functionsOf, valuesAt } from './possible-values.ts'
import { isReachedWithFetch } from './reached-with-fetch.ts'
import { type FunctionNode, isFunction } from './variables.ts'

/**
 * How a script may set the property `fetch` of the global object: `x.fetch = `, `{ fetch: x.fetch } = `,
 * `defineProperty(x, 'fetch'`, `assign(x, { fetch`, `function fetch(`, `for (x.fetch of`.
 */
const settings = [
  /\bfetch\b["'`\]\s]*(?:&&)?=(?![=>])/,
  /\bfetch\b["'`\]\s]*(?:,[^;=()]*)?[}\]]\s*=(?![=>])/,
  /[\w$)]\(\s*[\w$.]+,\s*["'`]fetch["'`]/,
  /\b__defineGetter__["'`\]\s]*\(\s*["'`]fetch/,
  /\bfor\s*\(\s*(?:var\s)?[^;()]*\bfetch\b[^;()]*\s(?:of|in)\b/,
  /\bfetch\b["'`\]\s]*(?:\+\+|--|[-+*/%^|&]=)/,
  /(?:defineProperties|assign(?:In)?|extends?|merge)\s*\)?\(\s*(?:(?:globalThis|self|window)\b|[\w$.]+\s*,\s*\{[^{}]*\bfetch\b)/,
  /(?:^|[;{})])\s*(?:async\s+)?function\s*\*?\s*fetch\s*\(/m,
]

/** Whether a script may set the global `fetch`, to be read even if it has nothing to do with wasm. */
export function mayReplaceFetch(code: string): boolean {
  return code.includes('fetch') && settings.some((setting) => setting.test(code))
}

/**
 * Whether one of these assignments replaces `fetch` by a function that answers in its own way: it does not hand the
 * request that it is given to the function that was there. What is set only where there is no `fetch` is a polyfill;
 * what hands its request on watches; a value that is no function of this script is not judged.
 */
export function isReplaced(assignments: FetchAssignment[], program: Node): boolean {
  const reached = assignments.filter(isReachedWithFetch)
  if (reached.length === 0) return false
  const known = collectNamedValues(program)
  return reached.some(({ value, path, ancestors }) =>
    valuesAt({ node: value, scope: ancestors.findLast(isFunction) }, path, known).some((one) => {
      if (isNoFunction(one.node)) return true
      const functions = functionsOf(one, known)
      const given = ancestors.flatMap((node) => (isFunction(node) ? node.params.map(nameOf) : []))
      const originals = new Set([...known.originals, ...given.filter((name) => name !== undefined)])
      const judged = new Set<FunctionNode>()
      const isWatched = functions.some((one) => handsRequestOn(one, { ...known, originals }, judged))
      return functions.length > 0 && !isWatched && known.steps.left > 0
    }),
  )
}

/**
 * Whether an expression is a text or a number: `self.fetch += 1`, `self.fetch++`, `for (self.fetch in list)`. Where there is no
 * `fetch` any more (`fetch = null`, as glue for Node does), the stub has none to call either.
 */
function isNoFunction(node: Node): boolean {
  return (
    (node.type === 'AssignmentExpression' && /^[^&|?=]+=$/.test(node.operator)) ||
    node.type === 'UpdateExpression' ||
    node.type === 'ForInStatement'
  )
}
