import type { Program } from '@oxc-project/types'
import { isReferenceIdentifier } from 'oxc-walker'
import type { Declarations } from '../syntax/declarations.ts'
import { comparedIn, useOf } from './fetch-use.ts'
import { assignmentsBy, assignmentTo, declaredForAll, type FetchAssignment } from './fetch-assignments.ts'
import { isAlias, isHolder, parametersGivenGlobalObject } from './global-aliases.ts'
import { globalObjects } from './global-object.ts'
import { stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import type { Span } from '../syntax/span.ts'
import { RuntimeGlobals } from './runtime-globals.ts'
import { isFunction } from './variables.ts'
import type { WordPositions } from '../syntax/word-positions.ts'

/** A place where code reads a global. */
export interface GlobalReference {
  start: number
  end: number
  /** The body of the outermost function around it, if that runs once: a bundle's wrapper or a module of a bundle. */
  functionBody: Node | undefined
  /** The functions around it, those outside first. */
  functions: Node[]
}

/** A place where code reads the global `fetch`. */
export interface FetchReference extends GlobalReference {
  /**
   * `call`: it is called right there, so that the global is looked up at that moment.
   * `value`: the function itself is passed on, as it is at that moment.
   * `shorthand`: likewise, as `{ fetch }`.
   */
  kind: 'call' | 'value' | 'shorthand'
  /** Whether a statement begins with it, in a list of statements: the one before may end without a semicolon. */
  beginsStatement: boolean
  /** The global object, where `fetch` is called on it: `window` of `window.fetch(url)` and `window.fetch?.(url)`. */
  calledOn?: Span
}

/** An expression that code compares with others, the global `fetch` among them, or that itself. */
export interface Comparand {
  start: number
  end: number
  /** Whether it is a list of expressions, which has parentheses around it. */
  isSequence: boolean
  beginsStatement: boolean
  /** The functions around it, those outside first. */
  functions: Node[]
}

/** The names through which code reaches the global `fetch`. */
export const namesOfFetch: readonly string[] = ['fetch', ...globalObjects]

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

/**
 * Finds the references of the global `fetch` in a script that declares one of the names itself, or has names of its own for
 * the global object.
 *
 * @param program The syntax tree of a whole script.
 * @param words Where the names are in it.
 * @param declarations What an earlier walk over the tree has found, frozen.
 * @param aliases Names that may be the script's own for the global object; they are among the words.
 * @param known Whether a bundler's runtime stands in the script, and the declarations of variables to which it assigns.
 */
export function findFetchReferences(
  program: Program,
  words: WordPositions,
  declarations: Declarations,
  aliases: readonly string[] = [],
  {
    hasRuntime = false,
    replaced = new Set(),
  }: { hasRuntime?: boolean; replaced?: ReadonlySet<unknown> } = {},
): FetchReferences {
  const parameters = new Set<Node>()
  const references = new FetchReferences(
    program.sourceType === 'module',
    (name) => declarations.isDeclared(name),
    (name) => aliases.includes(name) && isAlias(name, declarations, replaced),
    (name) =>
      aliases.includes(name) &&
      !replaced.has(declarations.getDeclaration(name)) &&
      isHolder(name, declarations, parameters),
    new RuntimeGlobals(declarations, hasRuntime),
  )
  declarations.walk(program, words, {
    enter(node, parent) {
      for (const parameter of parametersGivenGlobalObject(node)) parameters.add(parameter)
      references.enter(node, parent)
    },
    leave: () => references.leave(),
  })
  return references
}

type IsFree = (node: Node, parent: Node | null, names: string[]) => boolean

/**
 * Whether sloppy code binds `fetch` where scopes do not show it: inside `with`, or by a function declared in a block.
 *
 * @param bodies The bodies of functions, which are no such blocks.
 * @see https://tc39.es/ecma262/#sec-block-level-function-declarations-web-legacy-compatibility-semantics
 */
export function bindsBeyondScopes(node: Node, parent: Node | null, bodies: ReadonlySet<Node>): boolean {
  if (node.type === 'WithStatement') return true
  if (node.type !== 'FunctionDeclaration' || !namesOfFetch.includes(node.id?.name ?? '')) return false
  return (
    (parent?.type === 'BlockStatement' && !bodies.has(parent)) ||
    parent?.type === 'SwitchCase' ||
    parent?.type === 'LabeledStatement' ||
    parent?.type === 'IfStatement'
  )
}

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

/** Whether a call evaluates its argument where it stands; `(0, eval)(code)` and `eval?.(code)` do not. */
function isDirectEval({ callee, optional }: Extract<Node, { type: 'CallExpression' }>): boolean {
  return callee.type === 'Identifier' && callee.name === 'eval' && !optional
}

/** Whether this makes the code in it strict: what `eval` declares there stays in what it evaluates. */
function isStrict(node: Node): boolean {
  if (/^Class(Declaration|Expression)$/.test(node.type)) return true
  if (node.type !== 'Program' && node.type !== 'BlockStatement') return false
  return node.body.some((statement) => 'directive' in statement && statement.directive === 'use strict')
}

/** Whether `this` means something else in a node than around it. */
function hasOwnThis({ type }: Node): boolean {
  return /^(Function|Class|StaticBlock)/.test(type)
}

function isReExport(node: Node | undefined): boolean {
  return node?.type === 'ExportNamedDeclaration' && node.source !== null
}

/** The body of the outermost function around a node, parameters and arrows without braces aside, if it runs once. */
function wrapperBody(ancestors: Node[]): Node | undefined {
  const index = ancestors.findIndex(({ type }) => /Function/.test(type))
  const body = ancestors[index + 1]
  return body?.type === 'BlockStatement' && runsOnce(ancestors.slice(0, index + 1)) ? body : undefined
}

/** Whether a function is called where it stands, or is the factory of a UMD bundle, or a module in a chunk of webpack's. */
function runsOnce(path: Node[]): boolean {
  const [inner, parent, object, array] = path.toReversed()
  // One with a name may call itself.
  if (inner !== undefined && 'id' in inner && inner.id !== null) return false
  if (parent?.type === 'CallExpression') return parent.callee === inner || /Function/.test(parent.callee.type)
  return (
    parent?.type === 'Property' && object?.type === 'ObjectExpression' && array?.type === 'ArrayExpression'
  )
}

function beginsStatement({ start }: Node, ancestors: Node[]): boolean {
  const index = ancestors.findLastIndex(({ type }) => type === 'ExpressionStatement')
  return ancestors[index]?.start === start && hasStatements(ancestors[index - 1]!)
}

function hasStatements({ type }: Node): boolean {
  return type === 'Program' || type === 'BlockStatement' || type === 'StaticBlock' || type === 'SwitchCase'
}
