import { pathOf } from './global-object.ts'
import { keyOf, memberNameOf, stringOf } from '../syntax/literals.ts'
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

/** The step of a path from a list to any of its elements. */
export const anyElement = '[]'

/** What an assignment gives to a target, also one that takes objects or lists apart. */
export function assignmentTo(target: Node, ancestors: Node[]): FetchAssignment | undefined {
  const path: string[] = []
  let inner = target
  for (let index = ancestors.length - 1; index >= 0; index--) {
    const node = ancestors[index]!
    const given = { path, holder: holderIn(target), ancestors: ancestors.slice(0, index + 1) }
    switch (node.type) {
      case 'AssignmentExpression': {
        const value = valueGiven(node, inner)
        return value && { ...given, value }
      }
      case 'ForOfStatement':
        return { ...given, value: node.right, path: [anyElement, ...path] }
      case 'ForInStatement':
      case 'UpdateExpression':
        return { ...given, value: node }
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
  if (!('id' in node) || node.id === null) return undefined
  const path = pathTo('fetch', node.id)
  if (path === undefined || ancestors.some(({ type }) => /Function|StaticBlock/.test(type))) return undefined
  const [block, statement] = [ancestors.at(-2), ancestors.at(-1)]
  const given = { path, holder: '', ancestors: [...ancestors, node] }
  // In sloppy code a function is declared outside of its block too.
  if (node.type === 'FunctionDeclaration') return { ...given, value: node }
  if (node.type === 'ClassDeclaration')
    return statement?.type === 'Program' ? { ...given, value: node } : undefined
  if (node.type !== 'VariableDeclarator' || statement?.type !== 'VariableDeclaration') return undefined
  if (statement.kind !== 'var' && block?.type !== 'Program') return undefined
  if (node.init !== null) return { ...given, value: node.init }
  return block?.type === 'ForOfStatement'
    ? { ...given, value: block.right, path: [anyElement, ...path] }
    : undefined
}

/** The way through what takes a value apart to the variable of a name. */
function pathTo(name: string, pattern: Node): string[] | undefined {
  switch (pattern.type) {
    case 'Identifier':
      return pattern.name === name ? [] : undefined
    case 'AssignmentPattern':
      return pathTo(name, pattern.left)
    case 'ObjectPattern':
      return firstPath(
        pattern.properties.map((property) =>
          property.type === 'Property' ? [keyOf(property) ?? '', pathTo(name, property.value)] : undefined,
        ),
      )
    case 'ArrayPattern':
      return firstPath(
        pattern.elements.map((element, index) => element && [String(index), pathTo(name, element)]),
      )
    default:
      return undefined
  }
}

/** The first of some ways that leads there, from its first step. */
function firstPath(
  ways: ([step: string, others: string[] | undefined] | null | undefined)[],
): string[] | undefined {
  for (const way of ways) if (way?.[1] !== undefined) return [way[0], ...way[1]]
  return undefined
}

function holderIn(target: Node): string {
  return target.type === 'MemberExpression' ? pathOf(target.object) : ''
}

/** What is assigned where there was something before; of what leaves no function (`+=`), that itself. */
function valueGiven(node: Extract<Node, { type: 'AssignmentExpression' }>, target: Node): Node | undefined {
  if (node.left !== target || /^(\|\||\?\?)=$/.test(node.operator)) return undefined
  return /^(&&)?=$/.test(node.operator) ? node.right : node
}

/**
 * What a call of `Object` or `Reflect` gives the global `fetch`: `Object.assign(self, { fetch })`,
 * `Reflect.defineProperty(self, 'fetch', { value })` and so on, and `self.__defineGetter__('fetch', getter)`.
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
  const owner = ownerOfGetter(call)
  if (owner !== undefined) {
    const [name, getter] = call.arguments
    if (getter === undefined || stringOf(name!) !== 'fetch' || !(owner === call || isGlobal(owner))) return []
    return [{ value: getter, path: [returned], holder: pathOf(owner), ancestors: [...ancestors, call] }]
  }
  if (object === undefined || !isGlobal(object)) return []
  return valuesSet(methodOf(call.callee), args).map(([value, ...path]) => ({
    value,
    path,
    holder: pathOf(object),
    ancestors: [...ancestors, call],
  }))
}

/** What `__defineGetter__` is called on; the call itself where it is called on nothing, which means the global object. */
function ownerOfGetter(call: Extract<Node, { type: 'CallExpression' }>): Node | undefined {
  const { callee } = call
  if (callee.type === 'Identifier') return callee.name === '__defineGetter__' ? call : undefined
  if (callee.type !== 'MemberExpression') return undefined
  return memberNameOf(callee) === '__defineGetter__' ? callee.object : undefined
}

/** What a method sets `fetch` to, each with the path to it. */
function valuesSet(method: string | undefined, args: Node[]): [value: Node, ...path: string[]][] {
  const [first, second] = args
  switch (method) {
    case 'Object.assign':
      return args.map((source) => [source, 'fetch'])
    case 'Object.defineProperties':
      return first === undefined ? [] : [...describedBy(first, 'fetch')]
    case 'Reflect.set':
      return second === undefined || stringOf(first!) !== 'fetch' ? [] : [[second]]
    default:
      if (copies.test(method ?? '')) return args.map((source) => [source, 'fetch'])
      // `Object.defineProperty`, under whatever name compilers and minifiers have it.
      return second === undefined || stringOf(first!) !== 'fetch' ? [] : describedBy(second)
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
  const name = memberNameOf(callee)
  return name && `${callee.object.name}.${name}`
}
