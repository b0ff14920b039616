import { isReferenceIdentifier, type ScopeTracker, walk } from 'oxc-walker'
import type { Node } from './syntax.ts'

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
  /** The body of the outermost function around it. */
  functionBody: Node | undefined
}

const globalObjects = ['window', 'self', 'globalThis']

/**
 * Finds the references of the global `fetch`: the free identifier, and `fetch` of `window`, `self` and `globalThis`
 * where these are the global object. What is only compared, tested or written is not among them; neither are values
 * in a script that also assigns the global, which is how pages wrap `fetch`.
 *
 * @param program The syntax tree of a whole script.
 * @param scopeTracker What an earlier walk over the tree has declared, frozen.
 */
export function findFetchReferences(program: Node, scopeTracker: ScopeTracker): FetchReference[] {
  const isFree: IsFree = (node, parent, names) =>
    node.type === 'Identifier' &&
    names.includes(node.name) &&
    isReferenceIdentifier(node, parent) &&
    !scopeTracker.isDeclared(node.name)

  const references: FetchReference[] = []
  const ancestors: Node[] = []
  let isAssigned = false
  walk(program, {
    scopeTracker,
    enter(node, parent) {
      if (isFree(node, parent, ['fetch']) || isFetchOfGlobal(node, isFree)) {
        const use = useOf(node, ancestors)
        if (use === 'write') isAssigned = true
        else if (use !== 'other') {
          references.push({
            start: node.start,
            end: node.end,
            kind: use,
            functionBody: outermostBody(ancestors),
          })
        }
      }
      ancestors.push(node)
    },
    leave() {
      ancestors.pop()
    },
  })
  return isAssigned ? references.filter(({ kind }) => kind === 'call') : references
}

type IsFree = (node: Node, parent: Node | null, names: string[]) => boolean

/**
 * Whether sloppy code binds `fetch` where scopes do not show it: inside `with`, or by a function declared in a block.
 *
 * @see https://tc39.es/ecma262/#sec-block-level-function-declarations-web-legacy-compatibility-semantics
 */
export function bindsBeyondScopes(node: Node, parent: Node | null): boolean {
  if (node.type === 'WithStatement') return true
  if (node.type !== 'FunctionDeclaration' || node.id?.name !== 'fetch') return false
  return parent?.type === 'BlockStatement' || parent?.type === 'SwitchCase' || parent?.type === 'IfStatement'
}

function isFetchOfGlobal(node: Node, isFree: IsFree): boolean {
  if (node.type !== 'MemberExpression' || !isFree(node.object, node, globalObjects)) return false
  const { computed, property } = node
  return computed
    ? property.type === 'Literal' && property.value === 'fetch'
    : property.type === 'Identifier' && property.name === 'fetch'
}

type Use = FetchReference['kind'] | 'write' | 'other'

/** What the code around a reference does with it. */
function useOf(node: Node, ancestors: Node[]): Use {
  const parent = ancestors.at(-1)
  const grandparent = ancestors.at(-2)
  switch (parent?.type) {
    case 'CallExpression': {
      const isOptional = parent.optional || (node.type === 'MemberExpression' && node.optional)
      return parent.callee === node && !isOptional ? 'call' : 'value'
    }
    case 'MemberExpression': {
      const isMethodCall = grandparent?.type === 'CallExpression' && grandparent.callee === parent
      if (parent.object !== node || parent.computed || parent.optional || !isMethodCall) return 'other'
      const method = parent.property.name
      return method === 'call' || method === 'apply' ? 'call' : method === 'bind' ? 'value' : 'other'
    }
    case 'Property':
      if (grandparent?.type === 'ObjectPattern') return parent.value === node ? 'write' : 'other'
      return parent.shorthand ? 'shorthand' : 'value'
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node ? 'write' : 'value'
    case 'ArrayPattern':
    case 'RestElement':
    case 'UpdateExpression':
      return 'write'
    case 'UnaryExpression':
      return parent.operator === 'delete' ? 'write' : 'other'
    case 'LogicalExpression':
      return parent.left === node && parent.operator === '&&' ? 'other' : 'value'
    case 'ConditionalExpression':
      return parent.test === node ? 'other' : 'value'
    case 'NewExpression':
      return parent.callee === node ? 'other' : 'value'
    case 'BinaryExpression':
    case 'DoWhileStatement':
    case 'ExpressionStatement':
    case 'ForStatement':
    case 'IfStatement':
    case 'SwitchCase':
    case 'SwitchStatement':
    case 'TaggedTemplateExpression':
    case 'TemplateLiteral':
    case 'WhileStatement':
      return 'other'
    default:
      return 'value'
  }
}

/** The body of the outermost function around a node, parameters and arrows without braces aside. */
function outermostBody(ancestors: Node[]): Node | undefined {
  return ancestors.find((node, index) => {
    const parent = ancestors[index - 1]
    return (
      node.type === 'BlockStatement' &&
      parent !== undefined &&
      'body' in parent &&
      /Function/.test(parent.type)
    )
  })
}
