import { isReferenceIdentifier } from 'oxc-walker'
import type { Declarations } from '../syntax/declarations.ts'
import { useOf } from './fetch-use.ts'
import type { Node } from '../syntax/parse.ts'
import type { WordPlaces } from '../syntax/word-places.ts'

/** A place where code reads the global `fetch`. */
export interface FetchReference {
  start: number
  end: number
  /**
   * `call`: it is called right there, so that the global is looked up at that moment.
   * `value`: the function itself is passed on, as it is at that moment.
   * `shorthand`: likewise, as `{ fetch }`.
   */
  kind: 'call' | 'value' | 'shorthand'
  /** The body of the outermost function around it, if that runs once: a bundle's wrapper or a module of a bundle. */
  functionBody: Node | undefined
}

/** The names by which a script can reach the global object. */
export const globalObjects: string[] = ['self', 'globalThis', 'window']

/** The names through which code reaches the global `fetch`. */
export const namesOfFetch: readonly string[] = ['fetch', ...globalObjects]

/**
 * Collects the references of the global `fetch` while a whole script is walked: the free identifier, and `fetch` of
 * `window`, `self` and `globalThis` where these are the global object. What is only compared, tested or written is not
 * among them; neither are values in a script that also assigns the global, which is how pages wrap `fetch`.
 */
export class FetchReferences {
  readonly #isFree: IsFree
  readonly #references: FetchReference[] = []
  readonly #ancestors: Node[] = []
  #isAssigned = false

  /** @param isDeclared Whether the script declares a name itself, where the walk is. */
  constructor(isDeclared: (name: string) => boolean) {
    this.#isFree = (node, parent, names) =>
      node.type === 'Identifier' &&
      names.includes(node.name) &&
      isReferenceIdentifier(node, parent) &&
      !isDeclared(node.name)
  }

  enter(node: Node, parent: Node | null): void {
    if (parent?.type === 'ExportSpecifier' && isReExport(this.#ancestors.at(-2))) {
      // The name is that of another module's export.
    } else if (this.#isFree(node, parent, ['fetch']) || isFetchOfGlobal(node, this.#isFree)) {
      const use = useOf(node, this.#ancestors)
      if (use === 'write') this.#isAssigned = true
      else if (use !== 'other') {
        const { start, end } = node
        this.#references.push({ start, end, kind: use, functionBody: wrapperBody(this.#ancestors) })
      }
    }
    this.#ancestors.push(node)
  }

  leave(): void {
    this.#ancestors.pop()
  }

  /** All of them, once the walk is over. */
  get found(): FetchReference[] {
    return this.#isAssigned ? this.#references.filter(({ kind }) => kind === 'call') : this.#references
  }
}

/**
 * Finds the references of the global `fetch` in a script that declares one of the names itself.
 *
 * @param program The syntax tree of a whole script.
 * @param words Where the names are in it.
 * @param declarations What an earlier walk over the tree has found, frozen.
 */
export function findFetchReferences(
  program: Node,
  words: WordPlaces,
  declarations: Declarations,
): FetchReference[] {
  const references = new FetchReferences((name) => declarations.isDeclared(name))
  declarations.walk(program, words, references)
  return references.found
}

type IsFree = (node: Node, parent: Node | null, names: string[]) => boolean

/**
 * Whether sloppy code binds `fetch` where scopes do not show it: inside `with`, or by a function declared in a block.
 *
 * @see https://tc39.es/ecma262/#sec-block-level-function-declarations-web-legacy-compatibility-semantics
 */
export function bindsBeyondScopes(node: Node, parent: Node | null): boolean {
  if (node.type === 'WithStatement') return true
  if (node.type !== 'FunctionDeclaration' || !namesOfFetch.includes(node.id?.name ?? '')) return false
  return parent?.type === 'BlockStatement' || parent?.type === 'SwitchCase' || parent?.type === 'IfStatement'
}

function isFetchOfGlobal(node: Node, isFree: IsFree): boolean {
  if (node.type !== 'MemberExpression' || !isFree(node.object, node, globalObjects)) return false
  const { computed, property } = node
  return computed
    ? property.type === 'Literal' && property.value === 'fetch'
    : property.type === 'Identifier' && property.name === 'fetch'
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
  if (parent?.type === 'CallExpression') return parent.callee === inner || /Function/.test(parent.callee.type)
  return (
    parent?.type === 'Property' && object?.type === 'ObjectExpression' && array?.type === 'ArrayExpression'
  )
}
