import { walk } from 'oxc-walker'
import type { Node } from '../syntax/parse.ts'
import { nameOf, type NamedValues } from './named-values.ts'
import { globalFetchOf } from './reached-with-fetch.ts'
import type { FunctionNode } from './variables.ts'

/**
 * Whether a function calls the `fetch` that was there with the request that it is given.
 *
 * @param judged The functions of which this has been asked.
 */
export function handsRequestOn(
  one: FunctionNode,
  known: NamedValues,
  judged: Set<FunctionNode>,
  depth = 0,
): boolean {
  if (judged.has(one) || known.steps.left-- <= 0) return false
  judged.add(one)
  const request = new GivenRequest(one)
  let isHandedOn = false
  walk(one, {
    enter(node) {
      if (node.type === 'VariableDeclarator' && node.init !== null) request.derive(node.id, node.init)
      else if (node.type === 'AssignmentExpression') request.derive(node.left, node.right)
      else if (node.type === 'CallExpression' && !isHandedOn) {
        const { callee, args } = callOf(node)
        const name = nameOf(callee)
        isHandedOn =
          callee !== undefined &&
          args !== undefined &&
          request.isIn(args) &&
          (globalFetchOf(callee) ||
            known.originals.has(name ?? '') ||
            (depth < 3 &&
              (known.functions.get(name ?? '') ?? []).some((next) =>
                handsRequestOn(next, known, judged, depth + 1),
              )))
      }
    },
  })
  return isHandedOn
}

/** What a call calls, through `call`, `apply` and `Reflect.apply`, and the first argument, or the list of arguments. */
function callOf({ callee, arguments: args }: Extract<Node, { type: 'CallExpression' }>): {
  callee: Node | undefined
  args: Node | undefined
} {
  if (callee.type !== 'MemberExpression') return { callee, args: args[0] }
  const method = nameOf(callee)
  if (method === 'apply' && nameOf(callee.object) === 'Reflect') return { callee: args[0], args: args[2] }
  if (method === 'call' || method === 'apply') return { callee: callee.object, args: args[1] }
  return { callee, args: args[0] }
}

/** The request that a function is given, under all names that it has there. */
class GivenRequest {
  readonly #names = new Set<string>()

  constructor({ type, params: [first] }: FunctionNode) {
    if (type !== 'ArrowFunctionExpression') this.#names.add('arguments')
    const name = nameOf(first?.type === 'RestElement' ? first.argument : (first as Node | undefined))
    if (name !== undefined) this.#names.add(name)
  }

  derive(target: Node, value: Node): void {
    const first = target.type === 'ArrayPattern' ? (target.elements[0] ?? undefined) : target
    const name = first?.type === 'MemberExpression' ? undefined : nameOf(first)
    if (name !== undefined && this.isIn(value)) this.#names.add(name)
  }

  /** Whether an expression is the request, or a list that begins with it. */
  isIn(node: Node): boolean {
    switch (node.type) {
      case 'Identifier':
        return this.#names.has(node.name)
      case 'SpreadElement':
      case 'AwaitExpression':
        return this.isIn(node.argument)
      case 'ArrayExpression':
        return node.elements[0] != null && this.isIn(node.elements[0])
      case 'ConditionalExpression':
        return this.isIn(node.consequent) || this.isIn(node.alternate)
      case 'LogicalExpression':
        return this.isIn(node.left) || this.isIn(node.right)
      case 'AssignmentExpression':
        return this.isIn(node.right)
      case 'SequenceExpression':
        return this.isIn(node.expressions.at(-1)!)
      case 'TemplateLiteral':
        return node.expressions.length === 1 && this.isIn(node.expressions[0]!)
      case 'MemberExpression':
        // `args[0]`, `new URL(input).href`, `request.url`
        return /^(0|href|url)$/.test(nameOf(node) ?? indexOf(node)) && this.isIn(node.object)
      case 'NewExpression':
        return node.arguments[0] !== undefined && this.isIn(node.arguments[0])
      case 'CallExpression':
        if (node.callee.type === 'MemberExpression' && /^(clone|toString)$/.test(nameOf(node.callee) ?? '')) {
          return this.isIn(node.callee.object)
        }
        return (
          nameOf(node.callee) === 'String' && node.arguments[0] !== undefined && this.isIn(node.arguments[0])
        )
      default:
        return false
    }
  }
}

function indexOf({ property }: Extract<Node, { type: 'MemberExpression' }>): string {
  return property.type === 'Literal' ? String(property.value) : ''
}
