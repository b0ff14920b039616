import type { Node } from '../syntax/parse.ts'

/** The names by which a script can reach the global object. */
export const globalObjects: string[] = ['self', 'globalThis', 'window']

/** The names through which code reaches the global `fetch`. */
export const namesOfFetch: readonly string[] = ['fetch', ...globalObjects]

/** What a script writes for the global object: a name, `this`, or a property of these; empty where it is none of that. */
export function pathOf(node: Node): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'ThisExpression') return 'this'
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return ''
  const path = pathOf(node.object)
  return path === '' ? '' : `${path}.${node.property.name}`
}

/** Whether an expression finds the global object; a plain name of it is not looked for. */
export function findsGlobalObject(node: Node | null): boolean {
  return node !== null && node.type !== 'Identifier' && isGlobalObject(node)
}

/**
 * Whether an expression is the global object in every browser: one of its names, or the first of them that there is, as
 * libraries find it that run everywhere: `typeof globalThis < 'u' ? globalThis : …`, or a function with as many `if`s.
 */
export function isGlobalObject(node: Node | null | undefined): boolean {
  switch (node?.type) {
    case 'Identifier':
      return globalObjects.includes(node.name)
    case 'ConditionalExpression':
      return isChosen(node.test, node.consequent, () => isGlobalObject(node.alternate))
    case 'LogicalExpression':
      if (node.operator !== '||' || node.left.type !== 'LogicalExpression') return false
      return node.left.operator === '&&'
        ? isChosen(node.left.left, node.left.right, () => isGlobalObject(node.right))
        : isGlobalObject(node.left)
    case 'CallExpression': {
      const { callee } = node
      const isFunction = callee.type === 'FunctionExpression' || callee.type === 'ArrowFunctionExpression'
      return isFunction && callee.body?.type === 'BlockStatement' && returnsIt(callee.body.body)
    }
    default:
      return false
  }
}

/** Whether what is chosen where there is a name is what has it, and the global object wherever there is no such name. */
function isChosen(test: Node, chosen: Node | null, otherwise: () => boolean): boolean {
  const name = testedName(test)
  if (chosen?.type !== 'Identifier' || chosen.name !== name || !globalObjects.includes(name)) return false
  // Workers have no `window`.
  return name !== 'window' || otherwise()
}

/** Whether statements return the global object. */
function returnsIt([first, ...others]: Node[]): boolean {
  if (first?.type === 'ReturnStatement') return isGlobalObject(first.argument)
  if (first?.type !== 'IfStatement') return false
  const { test, consequent } = first
  const left = consequent.type === 'BlockStatement' ? consequent.body[0] : consequent
  if (left?.type !== 'ReturnStatement') return false
  return isChosen(test, left.argument, () => returnsIt(others))
}

/** The name in `typeof name !== 'undefined'`, however it is written. */
function testedName(test: Node): string | undefined {
  if (test.type !== 'BinaryExpression' || !/^(!==?|===?|<|>)$/.test(test.operator)) return undefined
  const sides = [test.left, test.right]
  const asked = sides.find((side) => side.type === 'UnaryExpression' && side.operator === 'typeof')
  const type = sides.map(textOf).find((text) => text !== undefined)
  const isForThere = /^(!==?|<|>)$/.test(test.operator) ? type?.startsWith('u') : type === 'object'
  return asked?.type === 'UnaryExpression' && asked.argument.type === 'Identifier' && isForThere
    ? asked.argument.name
    : undefined
}

function textOf(node: Node): string | undefined {
  if (node.type === 'TemplateLiteral') return node.quasis[0]?.value.cooked ?? undefined
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
