import type { Declarations } from '../syntax/declarations.ts'
import type { Node } from '../syntax/parse.ts'
import { findsGlobalObject, isGlobalObject } from './global-object.ts'
import { ownerOfG, RuntimeGlobals } from './runtime-globals.ts'

/** Variables of a script that hold the global object, as libraries have them that run everywhere. */
export class GlobalAliases {
  readonly #names = new Set<string>()
  readonly #holders = new Set<string>()
  /** Whether a bundler's runtime stands in the script. */
  hasRuntime = false

  /** Notes what a node of the script declares. */
  enter(node: Node): void {
    for (const { name } of parametersGivenGlobalObject(node)) this.#holders.add(name)
    if (
      node.type === 'AssignmentExpression' &&
      ownerOfG(node.left) !== undefined &&
      findsGlobalObject(node.right)
    ) {
      this.hasRuntime = true
    }
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return
    const chosen = chosenForFetch(node.init)
    if (findsGlobalObject(node.init) || (chosen !== undefined && this.#names.has(chosen)))
      this.#names.add(node.id.name)
    if (isGlobalObject(node.init)) this.#holders.add(node.id.name)
  }

  /** The names of those through which a text reads `fetch` or `XMLHttpRequest`, or sets `fetch`; and of runtimes. */
  usedIn(code: string): string[] {
    const isRead = (name: string): boolean =>
      ['.fetch', '?.fetch', '.XMLHttpRequest'].some((read) => code.includes(name + read))
    const isSet = (name: string): boolean => setsThrough(name).test(code)
    return [
      ...new Set([
        ...[...this.#names].filter((name) => isRead(name)),
        ...[...this.#holders].filter((name) => isSet(name)),
        ...RuntimeGlobals.namesIn(code),
      ]),
    ]
  }
}

/** How `fetch` is set on an object that has a name; it may match other things. */
function setsThrough(name: string): RegExp {
  const escaped = name.replaceAll('$', String.raw`\$`)
  const property = String.raw`(?:\.|\[\s*["'\x60])fetch["'\x60\]\s]*(?:(?:&&)?=(?!=)|[,}\]])`
  return new RegExp(
    String.raw`(?<![\w$])${escaped}\s*${property}|\w\(\s*${escaped}\s*,[^;]*?fetch|(?<![\w$])${escaped}\s*(?:\.|\[\s*["'\x60])__defineGetter__`,
  )
}

/**
 * Whether a name stands for the global object, where the walk over a script's declarations is.
 *
 * @param replaced The declarations of variables to which something else may be assigned.
 */
export function isAlias(name: string, declarations: Declarations, replaced: ReadonlySet<unknown>): boolean {
  const isFixed = (one: string): boolean => !replaced.has(declarations.getDeclaration(one))
  const isGiven = (init: Node | null): boolean => {
    const chosen = chosenForFetch(init)
    return (
      findsGlobalObject(init) ||
      (chosen !== undefined && isFixed(chosen) && isVariable(chosen, declarations, findsGlobalObject))
    )
  }
  return isFixed(name) && isVariable(name, declarations, isGiven)
}

/**
 * The name that is chosen where it has `fetch`, as the global object always has: `root.fetch ? root : own`, as cross-fetch has it
 * behind its own polyfill.
 */
function chosenForFetch(node: Node | null): string | undefined {
  if (node?.type !== 'ConditionalExpression') return undefined
  const { test, consequent } = node
  const isAsked =
    test.type === 'MemberExpression' &&
    !test.computed &&
    test.property.type === 'Identifier' &&
    test.property.name === 'fetch' &&
    test.object.type === 'Identifier' &&
    consequent.type === 'Identifier' &&
    test.object.name === consequent.name
  return isAsked ? consequent.name : undefined
}

/**
 * Whether a variable was given the global object, be it by a plain name of it.
 *
 * @param parameters The parameters that get the global object in a function that is called where it stands.
 */
export function isHolder(name: string, declarations: Declarations, parameters: ReadonlySet<Node>): boolean {
  const declaration = declarations.getDeclaration(name)
  if (declaration?.type === 'FunctionParam')
    return declaration.fnNode.params.some((one) => nameIn(one) === name && parameters.has(one))
  return isVariable(name, declarations, isGlobalObject)
}

/** The parameters that get the global object in a function that is called where it stands: `(function (w) {})(window)`. */
export function parametersGivenGlobalObject(node: Node): Extract<Node, { type: 'Identifier' }>[] {
  if (node.type !== 'CallExpression' || !/Function/.test(node.callee.type)) return []
  const { params } = node.callee as Extract<Node, { params: unknown; body: unknown }>
  return node.arguments.flatMap((given, index) => {
    const parameter = params[index]
    return parameter?.type === 'Identifier' && isGlobalObject(given) ? [parameter] : []
  })
}

function nameIn(node: Node): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined
}

function isVariable(
  name: string,
  declarations: Declarations,
  isGiven: (init: Node | null) => boolean,
): boolean {
  const declaration = declarations.getDeclaration(name)
  if (declaration?.type !== 'Variable') return false
  return declaration.variableNode.declarations.some(
    ({ id, init }) => id.type === 'Identifier' && id.name === name && isGiven(init),
  )
}
