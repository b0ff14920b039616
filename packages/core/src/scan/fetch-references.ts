import { isReferenceIdentifier } from 'oxc-walker'
import { stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import { assignmentsBy, assignmentTo, declaredForAll, type FetchAssignment } from './fetch-assignments.ts'
import { comparedIn, useOf } from './fetch-use.ts'
import { globalObjects } from './global-object.ts'
import type { Comparand, FetchReference, GlobalReference } from './global-reference.ts'
import type { RuntimeGlobals } from './runtime-globals.ts'
import { isDirectEval, isStrict } from './sloppy-bindings.ts'
import { isFunction } from './variables.ts'
import { wrapperBody } from './wrapper-body.ts'

/**
 * Collects the references of the global `fetch` while a whole script is walked: the free identifier, and `fetch` of
 * `window`, `self` and `globalThis` where these are the global object. What is only compared, tested or written is not
 * among them; neither are values in a script that also assigns the global, which is how pages wrap `fetch`. What
 * is compared with it, and what constructs the global `XMLHttpRequest`, by these ways to write it, are collected beside them.
 */
export class FetchReferences {
  readonly #isFree: IsFree
  readonly #isAlias: (node: Node) => boolean
  readonly #isHolder: (node: Node) => boolean
  readonly #references: FetchReference[] = []
  readonly #comparands: Comparand[] = []
  readonly #constructions: GlobalReference[] = []
  readonly #ancestors: Node[] = []
  readonly #runtimeGlobals: RuntimeGlobals | undefined
  /** The functions in which direct `eval` may declare variables. */
  readonly #evaluating = new Set<Node>()
  readonly #isModule: boolean
  #isAssigned = false
  /** Whether a `switch` compares with the global. */
  isInSwitch = false
  /** Where the script sets the global `fetch`. */
  readonly assignments: FetchAssignment[] = []

  /**
   * @param isModule Whether the script is a module: its code is strict, and what it declares is its own.
   * @param isDeclared Whether the script declares a name itself, where the walk is.
   * @param isAlias Whether a name is that of a variable which holds the global object, where the walk is.
   * @param isHolder Whether it is that of an alias, or of a variable that was given one of the global object's names.
   * @param runtimeGlobals Where a bundler's runtime holds the global object.
   */
  constructor(
    isModule: boolean,
    isDeclared: (name: string) => boolean,
    isAlias: (name: string) => boolean = () => false,
    isHolder: (name: string) => boolean = () => false,
    runtimeGlobals?: RuntimeGlobals,
  ) {
    this.#isModule = isModule
    this.#runtimeGlobals = runtimeGlobals
    const isOfRuntime = (node: Node): boolean => runtimeGlobals?.includes(node) ?? false
    this.#isHolder = (node) => (node.type === 'Identifier' ? isHolder(node.name) : isOfRuntime(node))
    this.#isAlias = (node) => (node.type === 'Identifier' ? isAlias(node.name) : isOfRuntime(node))
    this.#isFree = (node, parent, names) =>
      node.type === 'Identifier' &&
      names.includes(node.name) &&
      isReferenceIdentifier(node, parent) &&
      !isDeclared(node.name)
  }

  enter(node: Node, parent: Node | null): void {
    this.#runtimeGlobals?.enter(node)
    if (parent?.type === 'ExportSpecifier' && isReExport(this.#ancestors.at(-2))) {
      // The name is that of another module's export.
    } else if (this.#isGlobal('fetch', node, parent)) {
      const use = useOf(node, this.#ancestors)
      if (parent?.type.startsWith('Switch')) this.isInSwitch = true
      if (use === 'write') this.#assign(assignmentTo(node, this.#ancestors))
      else if (use === 'compared') this.#compare(node)
      else if (use !== 'other') {
        this.#references.push({
          ...this.#placeOf(node),
          kind: use,
          beginsStatement: beginsStatement(node, this.#ancestors),
          ...calledOn(node, this.#ancestors),
        })
      }
    } else if (isPropertyOf(node, 'fetch', (object) => this.#holdsGlobal(object, node))) {
      if (useOf(node, this.#ancestors) === 'write') this.#assign(assignmentTo(node, this.#ancestors))
    } else if (node.type === 'NewExpression' && this.#isGlobal('XMLHttpRequest', node.callee, node)) {
      this.#constructions.push(this.#placeOf(node.callee))
    } else if (node.type === 'CallExpression') {
      const isGlobal = (object: Node): boolean => this.#holdsGlobal(object, node)
      const assignments = assignmentsBy(node, isGlobal, this.#ancestors)
      if (assignments.length > 0) this.#assign(...assignments)
      if (isDirectEval(node) && !this.#isModule && !this.#ancestors.some(isStrict)) {
        const around = this.#ancestors.findLast(isFunction)
        if (around !== undefined) this.#evaluating.add(around)
      }
    }
    if (!this.#isModule) {
      const declared = declaredForAll(node, this.#ancestors)
      if (declared !== undefined) this.#assign(declared)
    }
    this.#ancestors.push(node)
  }

  /** Notes what the global is compared with, unless all of it is the global. */
  #compare(reference: Node): void {
    const parent = this.#ancestors.at(-1)!
    const all = comparedIn(reference, this.#ancestors)
    if (all.every((one) => this.#isGlobal('fetch', one, parent))) return
    for (const one of all) {
      if (this.#comparands.some(({ start, end }) => start === one.start && end === one.end)) continue
      this.#comparands.push({
        start: one.start,
        end: one.end,
        isSequence: one.type === 'SequenceExpression',
        beginsStatement: beginsStatement(one, this.#ancestors),
        functions: this.#ancestors.filter(isFunction),
      })
    }
  }

  #assign(...assignments: (FetchAssignment | undefined)[]): void {
    this.#isAssigned = true
    this.assignments.push(...assignments.filter((assignment) => assignment !== undefined))
  }

  /** Whether a node reads a global: by its name, or as a property of the global object. */
  #isGlobal(name: string, node: Node, parent: Node | null): boolean {
    return (
      this.#isFree(node, parent, [name]) ||
      isPropertyOf(node, name, (object) => this.#isFree(object, node, globalObjects)) ||
      isPropertyOf(node, name, this.#isAlias)
    )
  }

  /** Whether code that sets a property of an expression sets it on the global object. */
  #holdsGlobal(object: Node, parent: Node): boolean {
    if (object.type === 'ThisExpression') return !this.#isModule && !this.#ancestors.some(hasOwnThis)
    if (this.#isFree(object, parent, globalObjects) || this.#isHolder(object)) return true
    // `window.self`, `globalThis.window`
    return (
      object.type === 'MemberExpression' &&
      !object.computed &&
      object.property.type === 'Identifier' &&
      globalObjects.includes(object.property.name) &&
      this.#holdsGlobal(object.object, object)
    )
  }

  #placeOf({ start, end }: Node): GlobalReference {
    return {
      start,
      end,
      functionBody: wrapperBody(this.#ancestors),
      functions: this.#ancestors.filter(isFunction),
    }
  }

  leave(): void {
    this.#ancestors.pop()
  }

  /** All of them that are the global's for sure, once the walk is over. */
  get found(): FetchReference[] {
    const sure = this.#references.filter((reference) => !this.#isInDoubt(reference))
    return this.#isAssigned ? sure.filter(({ kind }) => kind === 'call') : sure
  }

  /** What is compared with the global for sure. */
  get comparands(): Comparand[] {
    return this.#comparands.filter((one) => !this.#isInDoubt(one))
  }

  /** Whether the script sets the global `fetch`. */
  get setsFetch(): boolean {
    return this.#isAssigned
  }

  /** The places that construct the global `XMLHttpRequest` for sure: the name to be read for it. */
  get constructions(): GlobalReference[] {
    return this.#constructions.filter((construction) => !this.#isInDoubt(construction))
  }

  /** Whether direct `eval` leaves some in doubt. */
  get areInDoubt(): boolean {
    return this.#references.some((reference) => this.#isInDoubt(reference))
  }

  #isInDoubt({ functions }: { functions: Node[] }): boolean {
    return functions.some((one) => this.#evaluating.has(one))
  }
}

type IsFree = (node: Node, parent: Node | null, names: string[]) => boolean

function isPropertyOf(node: Node, name: string, isObject: (object: Node) => boolean): boolean {
  if (node.type !== 'MemberExpression' || !isObject(node.object)) return false
  const { computed, property } = node
  return computed ? stringOf(property) === name : property.type === 'Identifier' && property.name === name
}

/** What a property that is called is called on, also in `(window?.fetch)(url)`. */
function calledOn(node: Node, ancestors: Node[]): Pick<FetchReference, 'calledOn'> {
  if (node.type !== 'MemberExpression') return {}
  const isChain = ancestors.at(-1)?.type === 'ChainExpression'
  const call = ancestors.at(isChain ? -2 : -1)
  if (call?.type !== 'CallExpression' || call.callee !== (isChain ? ancestors.at(-1) : node)) return {}
  const { start, end } = node.object
  return { calledOn: { start, end } }
}

/** Whether `this` means something else in a node than around it. */
function hasOwnThis({ type }: Node): boolean {
  return /^(Function|Class|StaticBlock)/.test(type)
}

function isReExport(node: Node | undefined): boolean {
  return node?.type === 'ExportNamedDeclaration' && node.source !== null
}

function beginsStatement({ start }: Node, ancestors: Node[]): boolean {
  const index = ancestors.findLastIndex(({ type }) => type === 'ExpressionStatement')
  return ancestors[index]?.start === start && hasStatements(ancestors[index - 1]!)
}

function hasStatements({ type }: Node): boolean {
  return type === 'Program' || type === 'BlockStatement' || type === 'StaticBlock' || type === 'SwitchCase'
}
