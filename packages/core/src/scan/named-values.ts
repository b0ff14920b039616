import { walk } from 'oxc-walker'
import { append } from '../append.ts'
import { propertyOf, stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import { globalFetchOf } from './reached-with-fetch.ts'
import { type FunctionNode, isFunction, Variables } from './variables.ts'

/**
 * How many values and functions are looked at. In a large minified script a name stands for thousands of things: what such
 * a name is given is not judged.
 */
const mostSteps = 5000

/** The functions, the values of variables, and the copies of the global `fetch` that a script has under names. */
export interface NamedValues {
  /** By name, whatever the scope: a name too many makes one function more count as watching. */
  functions: Map<string, FunctionNode[]>
  variables: Variables
  /** Names of variables and properties that hold the `fetch` that was there, whatever the scope. */
  originals: Set<string>
  /** How many values and functions may still be looked at. */
  steps: { left: number }
}

/** Collects what a whole script has under names. */
export function collectNamedValues(program: Node): NamedValues {
  const functions = new Map<string, FunctionNode[]>()
  const variables = new Variables()
  const originals = new Set<string>()
  const record = (name: string | undefined, value: Node | null): void => {
    if (name === undefined || value === null) return
    const one = functionIn(value)
    if (one !== undefined) append(functions, name, one)
    if (holdsFetch(value)) originals.add(name)
  }
  walk(program, {
    enter(node) {
      variables.enter(node)
      if (node.type === 'FunctionDeclaration') record(node.id?.name, node)
      else if (node.type === 'VariableDeclarator') {
        record(nameOf(node.id), node.init)
        if (node.id.type === 'ObjectPattern')
          originals.add(nameOf(propertyOf(node.id as never, 'fetch')) ?? '')
      } else if (node.type === 'AssignmentExpression') record(nameOf(node.left), node.right)
      else if (node.type === 'Property') record(nameOf(node.key), node.value)
    },
    leave: (node) => variables.leave(node),
  })
  originals.delete('')
  originals.delete('fetch')
  return { functions, variables, originals, steps: { left: mostSteps } }
}

/** The name of a variable, of a property, or of what a default value is for. */
export function nameOf(node: Node | undefined): string | undefined {
  switch (node?.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return node.name
    case 'MemberExpression':
      return node.computed ? stringOf(node.property) : nameOf(node.property)
    case 'AssignmentPattern':
      return nameOf(node.left)
    default:
      return undefined
  }
}

/** Whether an expression is the global `fetch`, of whatever name for the global object, or that bound, or the one or the other. */
export function holdsFetch(node: Node): boolean {
  switch (node.type) {
    case 'LogicalExpression':
      return holdsFetch(node.left) || holdsFetch(node.right)
    case 'ConditionalExpression':
      return holdsFetch(node.consequent) || holdsFetch(node.alternate)
    case 'AssignmentExpression':
      return holdsFetch(node.right)
    case 'CallExpression':
      return (
        node.callee.type === 'MemberExpression' &&
        nameOf(node.callee) === 'bind' &&
        holdsFetch(node.callee.object)
      )
    default:
      return globalFetchOf(node) || (node.type === 'MemberExpression' && nameOf(node) === 'fetch')
  }
}

/** A function, or the one that is handed to a helper: `asyncToGenerator(function* () {})`, `wrap(() => {})`. */
export function functionIn(node: Node): FunctionNode | undefined {
  if (isFunction(node)) return node
  if (node.type !== 'CallExpression') return undefined
  if (node.callee.type === 'MemberExpression' && isFunction(node.callee.object)) return node.callee.object
  return node.arguments.find((argument) => isFunction(argument))
}
