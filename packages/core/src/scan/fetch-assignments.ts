import { pathOf } from './global-object.ts'
import { keyOf, stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'

/** A place where a script sets the global `fetch`. */
export interface FetchAssignment {
  /** An expression that has the new `fetch`. */
  value: Node
  /** The way from there to the new `fetch`: names of properties, places in a list, {@link returned}. */
  path: readonly string[]
  /** The object on which it is set, as the script writes it; empty where `fetch` itself is. */
  holder: string
  /** What it stands in, the script first. */
  ancestors: Node[]
}

/** The step of a path from a function to what it returns. */
export const returned = '()'

/** What an assignment gives to a target, also one that takes objects or lists apart, or deletes it. */
export function assignmentTo(target: Node, ancestors: Node[]): FetchAssignment | undefined {
  const path: string[] = []
  let inner = target
  for (let index = ancestors.length - 1; index >= 0; index--) {
    const node = ancestors[index]!
    if (node.type === 'AssignmentExpression' || node.type === 'UnaryExpression') {
      const value = valueGiven(node, inner)
      return value && { value, path, holder: holderIn(target), ancestors: ancestors.slice(0, index + 1) }
    }
    if (node.type === 'Property') path.unshift(keyOf(node) ?? '')
    else if (node.type === 'ArrayPattern') path.unshift(String(node.elements.indexOf(inner as never)))
    else if (node.type !== 'ObjectPattern' && node.type !== 'AssignmentPattern') return undefined
    inner = node
  }
  return undefined
}

/**
 * What a classic script declares as `fetch` outside of its functions: the scripts of a page or worker share that scope.
 *
 * @param ancestors What the node stands in, the script first.
 */
export function declaredForAll(node: Node, ancestors: Node[]): FetchAssignment | undefined {
  if (!('id' in node) || nameIn(node.id) !== 'fetch') return undefined
  if (ancestors.some(({ type }) => /Function|StaticBlock/.test(type))) return undefined
  const [block, statement] = [ancestors.at(-2), ancestors.at(-1)]
  const given = { path: [], holder: '', ancestors: [...ancestors, node] }
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
    return statement?.type === 'Program' ? { ...given, value: node } : undefined
  }
  if (node.type !== 'VariableDeclarator' || statement?.type !== 'VariableDeclaration') return undefined
  const isForAll = statement.kind === 'var' || block?.type === 'Program'
  return isForAll && node.init !== null ? { ...given, value: node.init } : undefined
}

function nameIn(id: Node | null): string | undefined {
  return id?.type === 'Identifier' ? id.name : undefined
}

function holderIn(target: Node): string {
  return target.type === 'MemberExpression' ? pathOf(target.object) : ''
}

/** What is assigned where there was something before; of `delete`, that itself. */
function valueGiven(
  node: Extract<Node, { type: 'AssignmentExpression' | 'UnaryExpression' }>,
  target: Node,
): Node | undefined {
  if (node.type === 'UnaryExpression') return node.operator === 'delete' ? node : undefined
  return node.left === target && /^(&&)?=$/.test(node.operator) ? node.right : undefined
}

/**
 * What a call of `Object` or `Reflect` gives the global `fetch`: `Object.assign(self, { fetch })`,
 * `Reflect.defineProperty(self, 'fetch', { value })` and so on.
 *
 * @param isGlobal Whether an expression is the global object.
 * @param ancestors What the call stands in, the script first.
 */
export function assignmentsBy(
  call: Extract<Node, { type: 'CallExpression' }>,
  isGlobal: (node: Node) => boolean,
  ancestors: Node[],
): FetchAssignment[] {
  const [object, ...args] = call.arguments
  if (object === undefined || !isGlobal(object)) return []
  return valuesSet(methodOf(call.callee), args).map(([value, ...path]) => ({
    value,
    path,
    holder: pathOf(object),
    ancestors: [...ancestors, call],
  }))
}

/** What a method sets `fetch` to, each with the path to it. */
function valuesSet(method: string | undefined, args: Node[]): [value: Node, ...path: string[]][] {
  const [first, second] = args
  switch (method) {
    case 'Object.assign':
      return args.map((source) => [source, 'fetch'])
    case 'Object.defineProperties':
      return first === undefined ? [] : [...describedBy(first, 'fetch')]
    case 'Object.defineProperty':
    case 'Reflect.defineProperty':
      return second === undefined || stringOf(first!) !== 'fetch' ? [] : describedBy(second)
    case 'Reflect.set':
      return second === undefined || stringOf(first!) !== 'fetch' ? [] : [[second]]
    default:
      return copies.test(method ?? '') ? args.map((source) => [source, 'fetch']) : []
  }
}

/** What compilers and libraries have in the place of `Object.assign`: `__assign`, `_extends`, `$.extend`, `_.assign`. */
const copies = /^(?:[\w$]+\.)?(?:_*assign|_*extends?|assignIn|merge)$/

/** What a property has by its descriptor: a value, or what a getter returns. */
function describedBy(descriptor: Node, ...path: string[]): [value: Node, ...path: string[]][] {
  return [
    [descriptor, ...path, 'value'],
    [descriptor, ...path, 'get', returned],
  ]
}

/** `Object.assign` and the like, as a text. */
function methodOf(callee: Node): string | undefined {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type === 'SequenceExpression') return methodOf(callee.expressions.at(-1)!)
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined
  const { computed, object, property } = callee
  const name = !computed && property.type === 'Identifier' ? property.name : stringOf(property)
  return name && `${object.name}.${name}`
}
