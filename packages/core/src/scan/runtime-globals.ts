import type { Declarations } from '../syntax/declarations.ts'
import type { Node } from '../syntax/parse.ts'
import { findsGlobalObject } from './global-object.ts'

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
    } else if (node.type === 'AssignmentExpression' && findsGlobalObject(node.right)) {
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
export function ownerOfG(node: Node): string | undefined {
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
