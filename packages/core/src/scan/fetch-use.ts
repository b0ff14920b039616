import type { Node } from '../syntax/parse.ts'

/** What code does with a reference; see `FetchReference` for the first three. */
export type Use = 'call' | 'value' | 'shorthand' | 'write' | 'other'

/** What the code around a reference does with it. */
export function useOf(node: Node, ancestors: Node[]): Use {
  const parent = ancestors.at(-1)
  const grandparent = ancestors.at(-2)
  switch (parent?.type) {
    case 'CallExpression': {
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
      // What an earlier run wrote: `typeof cosFetch_1f0c92ab<"u"?cosFetch_1f0c92ab:fetch`.
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

function isTestOfOurs(test: Node): boolean {
  return (
    test.type === 'BinaryExpression' &&
    test.left.type === 'UnaryExpression' &&
    test.left.argument.type === 'Identifier' &&
    test.left.argument.name.startsWith('cosFetch_')
  )
}
