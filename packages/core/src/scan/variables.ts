import { append } from '../append.ts'
import type { Node } from '../syntax/parse.ts'

export type FunctionNode = Extract<
  Node,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>

/** An expression, and the function that it stands in, if it does in one. */
export interface Value {
  node: Node
  scope: FunctionNode | undefined
}

/** Whether a node is a function. */
export function isFunction(node: Node): node is FunctionNode {
  return /Function/.test(node.type)
}

/**
 * What the variables and functions of a script are given. Minifiers have the same name for something else in every function,
 * so each is looked up where it is used; blocks are taken for part of their function.
 */
export class Variables {
  /** The functions around the node where the walk is. */
  readonly #around: (FunctionNode | undefined)[] = [undefined]
  readonly #outer = new Map<FunctionNode, FunctionNode | undefined>()
  /** The names that each function declares, or the script. */
  readonly #declared = new Map<FunctionNode | undefined, Set<string>>([[undefined, new Set()]])
  readonly #given = new Map<string, Value[]>()
  /** What was given under a name that was asked for, by the function that declares it there. */
  readonly #byOwner = new Map<string, Map<FunctionNode | undefined, Value[]>>()

  /** Notes what a node of the script declares and gives. */
  enter(node: Node): void {
    const scope = this.#around.at(-1)
    if (node.type === 'FunctionDeclaration' && node.id !== null) {
      this.#declare(scope, node.id)
      append(this.#given, node.id.name, { node, scope })
    } else if (node.type === 'VariableDeclarator') {
      this.#declare(scope, node.id)
      if (node.id.type === 'Identifier' && node.init !== null)
        append(this.#given, node.id.name, { node: node.init, scope })
    } else if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') {
      append(this.#given, node.left.name, { node: node.right, scope })
    }
    if (!isFunction(node)) return
    this.#outer.set(node, scope)
    this.#around.push(node)
    this.#declared.set(node, new Set())
    for (const param of node.params) this.#declare(node, param)
  }

  leave(node: Node): void {
    if (isFunction(node)) this.#around.pop()
  }

  /**
   * What the variable is given that a name stands for in a function, once the whole script was walked. A parameter is given what
   * callers have, most often under the same name: that is looked up around it.
   */
  valuesOf(name: string, scope: FunctionNode | undefined): Value[] {
    const byOwner = this.#byOwner.get(name) ?? this.#givenByOwner(name)
    this.#byOwner.set(name, byOwner)
    const owner = this.#ownerOf(name, scope)
    const values = byOwner.get(owner)
    if (values !== undefined || owner === undefined) return values ?? []
    return this.valuesOf(name, this.#outer.get(owner))
  }

  #givenByOwner(name: string): Map<FunctionNode | undefined, Value[]> {
    const byOwner = new Map<FunctionNode | undefined, Value[]>()
    for (const value of this.#given.get(name) ?? []) append(byOwner, this.#ownerOf(name, value.scope), value)
    return byOwner
  }

  /** The function around a place that declares a name; none where the script does, or nobody. */
  #ownerOf(name: string, scope: FunctionNode | undefined): FunctionNode | undefined {
    let owner = scope
    while (owner !== undefined && !this.#declared.get(owner)!.has(name)) owner = this.#outer.get(owner)
    return owner
  }

  #declare(scope: FunctionNode | undefined, target: Node): void {
    for (const name of namesIn(target)) this.#declared.get(scope)!.add(name)
  }
}

/** The variables in a pattern. */
export function namesIn(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name]
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesIn)
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'Property' ? property.value : property),
      )
    default:
      return []
  }
}
