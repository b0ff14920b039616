import { walk } from 'oxc-walker'
import { propertyOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import { anyElement, returned } from './fetch-assignments.ts'
import { functionIn, holdsFetch, nameOf, type NamedValues } from './named-values.ts'
import { type FunctionNode, isFunction, type Value } from './variables.ts'

/** How many variables and properties are followed from one to the next. */
const longestWay = 4

/** What stands at the end of a path, as far as the script shows it. */
export function valuesAt(
  { node, scope }: Value,
  path: readonly string[],
  known: NamedValues,
  depth = 0,
): Value[] {
  const [step, ...others] = path
  if (step === undefined) return [{ node, scope }]
  if (known.steps.left-- <= 0) return []
  if (node.type === 'Identifier' && depth < longestWay) {
    return known.variables
      .valuesOf(node.name, scope)
      .flatMap((value) => valuesAt(value, path, known, depth + 1))
  }
  const next =
    step === returned ? returnedBy(node) : step === anyElement ? elementsOf(node) : [partOf(node, step)]
  const inner = step === returned && isFunction(node) ? node : scope
  return next.flatMap((value) =>
    value == null ? [] : valuesAt({ node: value, scope: inner }, others, known, depth),
  )
}

/** A property of an object, or an element of a list, that is written out. */
function partOf(node: Node, name: string): Node | null | undefined {
  if (node.type === 'ObjectExpression') return propertyOf(node, name)
  return node.type === 'ArrayExpression' ? node.elements[Number(name)] : undefined
}

function elementsOf(node: Node): (Node | null)[] {
  return node.type === 'ArrayExpression' ? node.elements : []
}

function returnedBy(one: Node): Node[] {
  if (!isFunction(one) || one.body === null) return []
  if (one.body.type !== 'BlockStatement') return [one.body]
  const values: Node[] = []
  walk(one.body, {
    enter(node) {
      if (isFunction(node)) this.skip()
      else if (node.type === 'ReturnStatement' && node.argument !== null) values.push(node.argument)
    },
  })
  return values
}

/** The functions that an expression may be; none where one of the choices is not seen. */
export function functionsOf({ node, scope }: Value, known: NamedValues, depth = 0): FunctionNode[] {
  const one = functionIn(node)
  if (one !== undefined) return [one]
  if (known.steps.left-- <= 0) return []
  const next = (node: Node): FunctionNode[] => functionsOf({ node, scope }, known, depth)
  const ofAll = (values: Value[]): FunctionNode[] =>
    values.flatMap((value) => functionsOf(value, known, depth + 1))
  switch (node.type) {
    case 'Identifier':
      return depth < longestWay ? ofAll(known.variables.valuesOf(node.name, scope)) : []
    case 'MemberExpression':
      return depth < longestWay
        ? ofAll(valuesAt({ node: node.object, scope }, [nameOf(node) ?? ''], known, depth))
        : []
    case 'AssignmentExpression':
      return next(node.right)
    case 'SequenceExpression':
      return next(node.expressions.at(-1)!)
    case 'ConditionalExpression': {
      const both = [next(node.consequent), next(node.alternate)]
      return both.every((functions) => functions.length > 0) ? both.flat() : []
    }
    case 'NewExpression':
      return nameOf(node.callee) === 'Proxy' ? handlersOf(node, scope, known) : []
    case 'CallExpression':
      return node.callee.type === 'MemberExpression' && nameOf(node.callee) === 'bind'
        ? next(node.callee.object)
        : []
    default:
      return []
  }
}

/**
 * What answers the calls of a proxy, as a function that is given the list of arguments: what it gets before is what the
 * proxy stands for, and `this`.
 */
function handlersOf(
  { arguments: args }: Extract<Node, { type: 'NewExpression' }>,
  scope: FunctionNode | undefined,
  known: NamedValues,
): FunctionNode[] {
  const [original, handler] = args
  if (original === undefined || handler === undefined) return []
  if (!holdsFetch(original) && !known.originals.has(nameOf(original) ?? '')) return []
  return valuesAt({ node: handler, scope }, ['apply'], known)
    .map(({ node }) => node)
    .filter(isFunction)
    .map((one) => {
      const [target, , list] = one.params
      const name = nameOf(target as Node | undefined)
      if (name !== undefined) known.originals.add(name)
      const params = list?.type === 'ArrayPattern' ? list.elements : [list]
      return { ...one, params: params.filter((param) => param != null) } as FunctionNode
    })
}
