import { memberNameOf, stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import type { FetchAssignment } from './fetch-assignments.ts'
import { globalObjects, pathOf } from './global-object.ts'

/**
 * Whether an expression is `fetch` as code writes the global one.
 *
 * @param holder What the script writes for the global object.
 */
export function globalFetchOf(node: Node, holder?: string): boolean {
  if (node.type === 'Identifier') return node.name === 'fetch'
  if (node.type !== 'MemberExpression') return false
  const path = pathOf(node.object)
  return memberNameOf(node) === 'fetch' && path !== '' && (globalObjects.includes(path) || path === holder)
}

/** Whether code runs where there is a `fetch` already; a polyfill does not. */
export function isReachedWithFetch({ ancestors, holder }: FetchAssignment): boolean {
  const isTrue = (test: Node): boolean | undefined => isTrueIn(test, holder)
  return ancestors.slice(0, -1).every((node, index) => {
    const inner = ancestors[index + 1]!
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        return inner === node.test || isTrue(node.test) !== (inner === node.alternate)
      case 'LogicalExpression':
        if (inner === node.left) return true
        if (node.operator === '&&') return isTrue(node.left) !== false
        return isTrue(node.left) !== true
      case 'BlockStatement':
      case 'Program': {
        const before = node.body.slice(0, node.body.indexOf(inner as never))
        return !before.some(
          (statement) =>
            statement.type === 'IfStatement' &&
            isTrue(statement.test) === true &&
            isLeft(statement.consequent),
        )
      }
      default:
        return true
    }
  })
}

/** Whether a statement leaves what it stands in. */
function isLeft(statement: Node): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement'
}

/** Whether a test is true where there is a `fetch`; `undefined` if that depends on something else. */
function isTrueIn(node: Node, holder: string): boolean | undefined {
  const known = valueOf(node, holder)
  return known && Boolean(known.value)
}

/** The value of an expression where there is a `fetch`, as far as that decides it. */
function valueOf(node: Node, holder: string): { value: unknown } | undefined {
  if (globalFetchOf(node, holder)) return { value: valueOf }
  switch (node.type) {
    case 'Literal':
      return { value: node.value }
    case 'Identifier':
      return node.name === 'undefined' ? { value: undefined } : undefined
    case 'TemplateLiteral': {
      const value = stringOf(node)
      return value === undefined ? undefined : { value }
    }
    case 'UnaryExpression': {
      if (node.operator === 'void') return { value: undefined }
      if (node.operator === 'typeof')
        return globalFetchOf(node.argument, holder) ? { value: 'function' } : undefined
      const known = node.operator === '!' ? isTrueIn(node.argument, holder) : undefined
      return known === undefined ? undefined : { value: !known }
    }
    case 'BinaryExpression': {
      if (node.operator === 'in') return stringOf(node.left) === 'fetch' ? { value: true } : undefined
      const [left, right] = [valueOf(node.left, holder), valueOf(node.right, holder)]
      if (left === undefined || right === undefined) return undefined
      // `typeof fetch>"u"`, as minifiers write it.
      if (node.operator === '<' || node.operator === '>') {
        const isLess = String(left.value) < String(right.value)
        return { value: node.operator === '<' ? isLess : !isLess }
      }
      // `null == undefined`
      const areSame = (left.value ?? undefined) === (right.value ?? undefined)
      if (/^===?$/.test(node.operator)) return { value: areSame }
      return /^!==?$/.test(node.operator) ? { value: !areSame } : undefined
    }
    case 'LogicalExpression': {
      const [left, right] = [isTrueIn(node.left, holder), isTrueIn(node.right, holder)]
      // A decided side decides the whole: `false &&`, `true ||`.
      const deciding = node.operator !== '&&'
      if (left === deciding || right === deciding) return { value: deciding }
      return left === undefined || right === undefined ? undefined : { value: !deciding }
    }
    default:
      return undefined
  }
}
