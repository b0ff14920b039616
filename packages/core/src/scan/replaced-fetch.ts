import { walk } from 'oxc-walker'
import { propertyOf, stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import { anyElement, type FetchAssignment, returned } from './fetch-assignments.ts'
import { globalFetchOf, isReachedWithFetch } from './reached-with-fetch.ts'
import { type Function, isFunction, type Value, Variables } from './variables.ts'

/**
 * How a script may set the property `fetch` of the global object: `x.fetch = `, `{ fetch: x.fetch } = `,
 * `defineProperty(x, 'fetch'`, `assign(x, { fetch`, `function fetch(`, `for (x.fetch of`.
 */
const settings = [
  /\bfetch\b["'`\]\s]*(?:&&)?=(?![=>])/,
  /\bfetch\b["'`\]\s]*(?:,[^;=()]*)?[}\]]\s*=(?![=>])/,
  /[\w$)]\(\s*[\w$.]+,\s*["'`]fetch["'`]/,
  /\b__defineGetter__["'`\]\s]*\(\s*["'`]fetch/,
  /\bfor\s*\(\s*(?:var\s)?[^;()]*\bfetch\b[^;()]*\s(?:of|in)\b/,
  /\bfetch\b["'`\]\s]*(?:\+\+|--|[-+*/%^|&]=)/,
  /(?:defineProperties|assign(?:In)?|extends?|merge)\s*\)?\(\s*(?:(?:globalThis|self|window)\b|[\w$.]+\s*,\s*\{[^{}]*\bfetch\b)/,
  /(?:^|[;{})])\s*(?:async\s+)?function\s*\*?\s*fetch\s*\(/m,
]

/** Whether a script may set the global `fetch`, to be read even if it has nothing to do with wasm. */
export function mayReplaceFetch(code: string): boolean {
  return code.includes('fetch') && settings.some((setting) => setting.test(code))
}

/**
 * Whether one of these assignments replaces `fetch` by a function that answers in its own way: it does not hand the
 * request that it is given to the function that was there. What is set only where there is no `fetch` is a polyfill;
 * what hands its request on watches; a value that is no function of this script is not judged.
 */
export function isReplaced(assignments: FetchAssignment[], program: Node): boolean {
  const reached = assignments.filter(isReachedWithFetch)
  if (reached.length === 0) return false
  const known = collectFunctions(program)
  return reached.some(({ value, path, ancestors }) =>
    valuesAt({ node: value, scope: ancestors.findLast(isFunction) }, path, known).some((one) => {
      if (isNoFunction(one.node)) return true
      const functions = functionsOf(one, known)
      const given = ancestors.flatMap((node) => (isFunction(node) ? node.params.map(nameOf) : []))
      const originals = new Set([...known.originals, ...given.filter((name) => name !== undefined)])
      const judged = new Set<Function>()
      const isWatched = functions.some((one) => handsOn(one, { ...known, originals }, judged))
      return functions.length > 0 && !isWatched && known.steps.left > 0
    }),
  )
}

/**
 * How many values and functions are looked at. In a large minified script a name stands for thousands of things: what such
 * a name is given is not judged.
 */
const mostSteps = 5000

/** What a script has under names. */
interface Known {
  /** By name, whatever the scope: a name too many makes one function more count as watching. */
  functions: Map<string, Function[]>
  variables: Variables
  /** Names of variables and properties that hold the `fetch` that was there, whatever the scope. */
  originals: Set<string>
  steps: { left: number }
}

function collectFunctions(program: Node): Known {
  const functions = new Map<string, Function[]>()
  const variables = new Variables()
  const originals = new Set<string>()
  const record = (name: string | undefined, value: Node | null): void => {
    if (name === undefined || value === null) return
    const one = functionIn(value)
    if (one !== undefined) functions.set(name, [...(functions.get(name) ?? []), one])
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
function nameOf(node: Node | undefined): string | undefined {
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
function holdsFetch(node: Node): boolean {
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

/**
 * Whether an expression is a text or a number: `self.fetch += 1`, `self.fetch++`, `for (self.fetch in list)`. Where there is no
 * `fetch` any more (`fetch = null`, as glue for Node does), the stub has none to call either.
 */
function isNoFunction(node: Node): boolean {
  return (
    (node.type === 'AssignmentExpression' && /^[^&|?=]+=$/.test(node.operator)) ||
    node.type === 'UpdateExpression' ||
    node.type === 'ForInStatement'
  )
}

/** A function, or the one that is handed to a helper: `asyncToGenerator(function* () {})`, `wrap(() => {})`. */
function functionIn(node: Node): Function | undefined {
  if (isFunction(node)) return node
  if (node.type !== 'CallExpression') return undefined
  if (node.callee.type === 'MemberExpression' && isFunction(node.callee.object)) return node.callee.object
  return node.arguments.find((argument) => isFunction(argument))
}

/** How many variables and properties are followed from one to the next. */
const longestWay = 4

/** What stands at the end of a path, as far as the script shows it. */
function valuesAt({ node, scope }: Value, path: readonly string[], known: Known, depth = 0): Value[] {
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
function functionsOf({ node, scope }: Value, known: Known, depth = 0): Function[] {
  const one = functionIn(node)
  if (one !== undefined) return [one]
  if (known.steps.left-- <= 0) return []
  const next = (node: Node): Function[] => functionsOf({ node, scope }, known, depth)
  const ofAll = (values: Value[]): Function[] =>
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
  scope: Function | undefined,
  known: Known,
): Function[] {
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
      return { ...one, params: params.filter((param) => param != null) } as Function
    })
}

/**
 * Whether a function calls the `fetch` that was there with the request that it is given.
 *
 * @param judged The functions of which this has been asked.
 */
function handsOn(one: Function, known: Known, judged: Set<Function>, depth = 0): boolean {
  if (judged.has(one) || known.steps.left-- <= 0) return false
  judged.add(one)
  const request = new Request(one)
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
                handsOn(next, known, judged, depth + 1),
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
class Request {
  readonly #names = new Set<string>()

  constructor({ type, params: [first] }: Function) {
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
