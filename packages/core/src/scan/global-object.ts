import type { Declarations } from '../syntax/declarations.ts'
import type { Node } from '../syntax/parse.ts'

/** The names by which a script can reach the global object. */
export const globalObjects: string[] = ['self', 'globalThis', 'window']

/** Variables of a script that hold the global object, as libraries have them that run everywhere. */
export class GlobalAliases {
  readonly #names = new Set<string>()
  readonly #holders = new Set<string>()
  /** Whether a bundler's runtime stands in the script. */
  hasRuntime = false

  /** Notes what a node of the script declares. */
  enter(node: Node): void {
    for (const { name } of parametersGivenIt(node)) this.#holders.add(name)
    if (node.type === 'AssignmentExpression' && ownerOfG(node.left) !== undefined && isFound(node.right)) {
      this.hasRuntime = true
    }
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return
    const chosen = chosenForFetch(node.init)
    if (isFound(node.init) || (chosen !== undefined && this.#names.has(chosen))) this.#names.add(node.id.name)
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
      isFound(init) || (chosen !== undefined && isFixed(chosen) && isVariable(chosen, declarations, isFound))
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
 * @param parameters What functions are given it as, where they stand.
 */
export function isHolder(name: string, declarations: Declarations, parameters: ReadonlySet<Node>): boolean {
  const declaration = declarations.getDeclaration(name)
  if (declaration?.type === 'FunctionParam')
    return declaration.fnNode.params.some((one) => nameIn(one) === name && parameters.has(one))
  return isVariable(name, declarations, isGlobalObject)
}

/** The parameters that get the global object in a function that is called where it stands: `(function (w) {})(window)`. */
export function parametersGivenIt(node: Node): Extract<Node, { type: 'Identifier' }>[] {
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

/**
 * What webpack and Rspack write for the global object where a module says `global`: the property `g` of the runtime, which
 * a module gets as its third parameter. Exports have such short names too, and minifiers use the runtime's name again in
 * other scopes: `o.g` is the global object only where `o` is the runtime.
 *
 * @see https://webpack.js.org/configuration/node/#nodeglobal
 */
export class RuntimeGlobals {
  readonly #declarations: Declarations
  /** Whether the runtime stands in the script. */
  readonly #isHere: boolean
  /** Modules of the bundle. */
  readonly #modules = new Set<Node>()
  /** Runtimes that stand in the script itself: their declarations; names where there is none. */
  readonly #runtimes = new Set<unknown>()

  /** @param isHere Whether the runtime stands in the script: then it has the bundle's modules as a variable. */
  constructor(declarations: Declarations, isHere: boolean) {
    this.#declarations = declarations
    this.#isHere = isHere
  }

  /** The names of what may be runtimes, if a text reads `fetch` or `XMLHttpRequest` through them, or sets `fetch`. */
  static namesIn(code: string): string[] {
    const uses = code.matchAll(
      /(?<![\w$.])([\w$]+)\.g(?:\s*\??\.\s*(?:fetch|XMLHttpRequest)\b|\s*(?:\?\.)?\[\s*["'`](?:fetch|XMLHttpRequest)|\s*,[^;]*?fetch)/g,
    )
    return [...new Set(Array.from(uses, ([, name]) => name!))]
  }

  /** Notes the modules that a node has, and the runtime, if that is what it completes. */
  enter(node: Node): void {
    if (node.type === 'ObjectExpression') {
      for (const module of node.properties.flatMap(moduleIn)) this.#modules.add(module)
    } else if (node.type === 'VariableDeclarator' && this.#isHere) {
      for (const module of modulesInList(node.init)) this.#modules.add(module)
    } else if (node.type === 'CallExpression') {
      for (const module of modulesInList(listOfChunk(node))) this.#modules.add(module)
    } else if (node.type === 'AssignmentExpression' && isFound(node.right)) {
      const runtime = ownerOfG(node.left)
      if (runtime !== undefined) this.#runtimes.add(this.#declarationOf(runtime))
    }
  }

  includes(node: Node): boolean {
    const runtime = ownerOfG(node)
    if (runtime === undefined) return false
    const declaration = this.#declarations.getDeclaration(runtime)
    if (runtime === '__webpack_require__' || this.#runtimes.has(declaration ?? runtime)) return true
    if (declaration?.type !== 'FunctionParam') return false
    const third = declaration.fnNode.params[2]
    return this.#modules.has(declaration.fnNode) && third?.type === 'Identifier' && third.name === runtime
  }

  #declarationOf(name: string): unknown {
    return this.#declarations.getDeclaration(name) ?? name
  }
}

/** The name before `.g`. */
function ownerOfG(node: Node): string | undefined {
  return node.type === 'MemberExpression' &&
    !node.computed &&
    node.object.type === 'Identifier' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'g'
    ? node.object.name
    : undefined
}

/** The module that a property of a bundle's modules is: `42: (module, exports, runtime) => {}`, or under a path. */
function moduleIn(property: Node): Node[] {
  if (property.type !== 'Property' || !/Function/.test(property.value.type)) return []
  const { key } = property
  const isId =
    key.type === 'Literal' &&
    (typeof key.value === 'number' || /^(\([\w-]+\)\/)?\.\.?\//.test(String(key.value)))
  return isId ? [property.value] : []
}

/** The modules of a bundle that has them in a list, by their numbers: `[, (module, exports, runtime) => {}]`. */
function modulesInList(list: Node | null | undefined): Node[] {
  // `Array(40).concat([…])`: webpack writes no list of mostly nothing.
  const all = list?.type === 'CallExpression' ? list.arguments[0] : list
  if (all?.type !== 'ArrayExpression') return []
  const modules = all.elements.filter((element) => element !== null)
  return modules.every(({ type }) => /Function/.test(type)) ? modules : []
}

/** What a chunk of webpack's hands over as its modules: the second of `(self.webpackChunk = …).push([[1], modules])`. */
function listOfChunk({
  callee,
  arguments: [chunk],
}: Extract<Node, { type: 'CallExpression' }>): Node | null | undefined {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined
  if (callee.property.name !== 'push' || chunk?.type !== 'ArrayExpression') return undefined
  const [ids, modules] = chunk.elements
  return callee.object.type === 'AssignmentExpression' && ids?.type === 'ArrayExpression'
    ? modules
    : undefined
}

/** What a script writes for the global object: a name, `this`, or a property of these; empty where it is none of that. */
export function pathOf(node: Node): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'ThisExpression') return 'this'
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return ''
  const path = pathOf(node.object)
  return path === '' ? '' : `${path}.${node.property.name}`
}

/** Whether an expression finds the global object; a plain name of it is not looked for. */
function isFound(node: Node | null): boolean {
  return node !== null && node.type !== 'Identifier' && isGlobalObject(node)
}

/**
 * Whether an expression is the global object in every browser: one of its names, or the first of them that there is, as
 * libraries find it that run everywhere: `typeof globalThis < 'u' ? globalThis : …`, or a function with as many `if`s.
 */
function isGlobalObject(node: Node | null | undefined): boolean {
  switch (node?.type) {
    case 'Identifier':
      return globalObjects.includes(node.name)
    case 'ConditionalExpression':
      return isChosen(node.test, node.consequent, () => isGlobalObject(node.alternate))
    case 'LogicalExpression':
      if (node.operator !== '||' || node.left.type !== 'LogicalExpression') return false
      return node.left.operator === '&&'
        ? isChosen(node.left.left, node.left.right, () => isGlobalObject(node.right))
        : isGlobalObject(node.left)
    case 'CallExpression': {
      const { callee } = node
      const isFunction = callee.type === 'FunctionExpression' || callee.type === 'ArrowFunctionExpression'
      return isFunction && callee.body?.type === 'BlockStatement' && returnsIt(callee.body.body)
    }
    default:
      return false
  }
}

/** Whether what is chosen where there is a name is what has it, and the global object wherever there is no such name. */
function isChosen(test: Node, chosen: Node | null, otherwise: () => boolean): boolean {
  const name = testedName(test)
  if (chosen?.type !== 'Identifier' || chosen.name !== name || !globalObjects.includes(name)) return false
  // Workers have no `window`.
  return name !== 'window' || otherwise()
}

/** Whether statements return the global object. */
function returnsIt([first, ...others]: Node[]): boolean {
  if (first?.type === 'ReturnStatement') return isGlobalObject(first.argument)
  if (first?.type !== 'IfStatement') return false
  const { test, consequent } = first
  const left = consequent.type === 'BlockStatement' ? consequent.body[0] : consequent
  if (left?.type !== 'ReturnStatement') return false
  return isChosen(test, left.argument, () => returnsIt(others))
}

/** The name in `typeof name !== 'undefined'`, however it is written. */
function testedName(test: Node): string | undefined {
  if (test.type !== 'BinaryExpression' || !/^(!==?|===?|<|>)$/.test(test.operator)) return undefined
  const sides = [test.left, test.right]
  const asked = sides.find((side) => side.type === 'UnaryExpression' && side.operator === 'typeof')
  const type = sides.map(textOf).find((text) => text !== undefined)
  const isForThere = /^(!==?|<|>)$/.test(test.operator) ? type?.startsWith('u') : type === 'object'
  return asked?.type === 'UnaryExpression' && asked.argument.type === 'Identifier' && isForThere
    ? asked.argument.name
    : undefined
}

function textOf(node: Node): string | undefined {
  if (node.type === 'TemplateLiteral') return node.quasis[0]?.value.cooked ?? undefined
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
