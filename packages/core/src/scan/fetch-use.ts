import type { Node } from '../syntax/parse.ts'

/** What code does with a reference; see `FetchReference` for the first three. */
export type Use = 'call' | 'value' | 'shorthand' | 'compared' | 'write' | 'other'

/** What the code around a reference does with it. */
export function useOf(node: Node, ancestors: Node[]): Use {
  const parent = ancestors.at(-1)
  const grandparent = ancestors.at(-2)
  if (isWholeChain(node, parent) && grandparent?.type !== 'CallExpression')
    return useOf(parent!, ancestors.slice(0, -1))
  if (comparedIn(node, ancestors).length > 0) return 'compared'
  switch (parent?.type) {
    case 'CallExpression': {
      if (isUnwrapper(parent.callee)) return 'other'
      const isOptional = parent.optional || (node.type === 'MemberExpression' && node.optional)
      return parent.callee === node && !isOptional ? 'call' : 'value'
    }
    case 'MemberExpression': {
      const isMethodCall = grandparent?.type === 'CallExpression' && grandparent.callee === parent
      if (parent.object !== node || parent.computed || parent.optional || !isMethodCall) return 'other'
      const method = parent.property.name
      // What the stub is called on is the function that it calls: here, it must not be the caller's.
      return method === 'call' || method === 'apply' || method === 'bind' ? 'value' : 'other'
    }
    case 'Property':
      if (grandparent?.type === 'ObjectPattern') return parent.value === node ? 'write' : 'other'
      return parent.shorthand ? 'shorthand' : 'value'
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node ? 'write' : 'value'
    case 'ArrayPattern':
    case 'RestElement':
    case 'UpdateExpression':
      return 'write'
    case 'UnaryExpression':
      return parent.operator === 'delete' ? 'write' : 'other'
    case 'LogicalExpression':
      return parent.left === node && parent.operator === '&&' ? 'other' : 'value'
    case 'ConditionalExpression':
      // What an earlier run wrote: `typeof cosFetch_1f0c92ab<"u"?cosFetch_1f0c92ab():fetch`.
      return parent.test === node || isTestOfOurs(parent.test) ? 'other' : 'value'
    case 'NewExpression':
      return parent.callee === node ? 'other' : 'value'
    case 'BinaryExpression':
    case 'DoWhileStatement':
    case 'ExpressionStatement':
    case 'ForStatement':
    case 'IfStatement':
    case 'SwitchCase':
    case 'SwitchStatement':
    case 'TaggedTemplateExpression':
    case 'TemplateLiteral':
    case 'WhileStatement':
      return 'other'
    default:
      return 'value'
  }
}

/**
 * What code compares an expression with: the expression and the others, for `===` and the like, `switch` and `Object.is()`.
 * What every function differs from (`null`, `undefined`, a text) is none of them.
 *
 * @returns Empty where there is nothing but the expression.
 */
export function comparedIn(node: Node, ancestors: Node[]): Node[] {
  const parent = ancestors.at(-1)
  if (isWholeChain(node, parent)) return comparedIn(parent!, ancestors.slice(0, -1))
  const operands = operandsAround(node, ancestors).filter((one) => one === node || !isNothing(one))
  return operands.length > 1 ? operands : []
}

/** Whether a node is all of an optional chain, as in `window?.fetch`. */
function isWholeChain(node: Node, parent: Node | undefined): boolean {
  return parent?.type === 'ChainExpression' && parent.expression === node
}

function operandsAround(node: Node, ancestors: Node[]): Node[] {
  const parent = ancestors.at(-1)
  switch (parent?.type) {
    case 'BinaryExpression':
      return /^[!=]==?$/.test(parent.operator) ? [parent.left, parent.right] : []
    case 'CallExpression':
      return isObjectIs(parent.callee) && parent.callee !== node ? parent.arguments.slice(0, 2) : []
    case 'SwitchCase':
      return operandsAround(parent, ancestors.slice(0, -1))
    case 'SwitchStatement':
      return [parent.discriminant, ...parent.cases.flatMap(({ test }) => test ?? [])]
    default:
      return []
  }
}

function isObjectIs(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'is'
  )
}

/** Whether an expression is none that can be a function, so that comparing with it tells nothing else. */
function isNothing(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'undefined'
  return /^(Literal|TemplateLiteral|UnaryExpression|SpreadElement)$/.test(node.type)
}

/** Whether a callee is what an earlier run wrote around what is compared. */
function isUnwrapper(callee: Node): boolean {
  const [parameter] = callee.type === 'ArrowFunctionExpression' ? callee.params : []
  return parameter?.type === 'Identifier' && parameter.name === nameInWrapper
}

/** The property by which a function that stands for `fetch` tells what it stands for, and the name of a variable for it. */
export const nameInWrapper = 'cosFetch'

function isTestOfOurs(test: Node): boolean {
  return (
    test.type === 'BinaryExpression' &&
    test.left.type === 'UnaryExpression' &&
    test.left.argument.type === 'Identifier' &&
    test.left.argument.name.startsWith('cosFetch_')
  )
}
