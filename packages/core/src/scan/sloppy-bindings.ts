import type { Node } from '../syntax/parse.ts'
import { namesOfFetch } from './global-object.ts'

/**
 * Whether sloppy code binds `fetch` where scopes do not show it: inside `with`, or by a function declared in a block.
 *
 * @param bodies The bodies of functions, which are no such blocks.
 * @see https://tc39.es/ecma262/#sec-block-level-function-declarations-web-legacy-compatibility-semantics
 */
export function bindsBeyondScopes(node: Node, parent: Node | null, bodies: ReadonlySet<Node>): boolean {
  if (node.type === 'WithStatement') return true
  if (node.type !== 'FunctionDeclaration' || !namesOfFetch.includes(node.id?.name ?? '')) return false
  return (
    (parent?.type === 'BlockStatement' && !bodies.has(parent)) ||
    parent?.type === 'SwitchCase' ||
    parent?.type === 'LabeledStatement' ||
    parent?.type === 'IfStatement'
  )
}

/** Whether a call evaluates its argument where it stands; `(0, eval)(code)` and `eval?.(code)` do not. */
export function isDirectEval({ callee, optional }: Extract<Node, { type: 'CallExpression' }>): boolean {
  return callee.type === 'Identifier' && callee.name === 'eval' && !optional
}

/** Whether a node makes the code in it strict: what `eval` declares there stays in what it evaluates. */
export function isStrict(node: Node): boolean {
  if (/^Class(Declaration|Expression)$/.test(node.type)) return true
  if (node.type !== 'Program' && node.type !== 'BlockStatement') return false
  return node.body.some((statement) => 'directive' in statement && statement.directive === 'use strict')
}
