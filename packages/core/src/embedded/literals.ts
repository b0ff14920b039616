import type { Program } from '@oxc-project/types'
import { walk } from 'oxc-walker'
import { isHash, isSha256, memberNameOf, propertyOf, stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import { contains, type Span } from '../syntax/span.ts'
import { isStorageMethod } from '../syntax/is-storage-method.ts'

/** What a script has that an embedded hash can consist of. */
export interface Literals {
  /** The script and the functions in it, those outside first. */
  scopes: Span[]
  /** Strings that are hashes or name wasm files. */
  strings: Node[]
  /** Objects `{ algorithm: 'SHA-256', value }`. */
  hashObjects: Node[]
  /** What variables are set to. */
  constants: { name: string; value: Node }[]
  /** What is assigned to `wasmHash` or `wasmSHA256` of an object, by the name of the object's variable. */
  exposed: { object: string; value: Node }[]
  /** Where code reads one of these. */
  readings: { object: string; start: number }[]
  /** Where Cross-Origin Storage is asked for a file. */
  lookups: number[]
  lists: Extract<Node, { type: 'ArrayExpression' }>[]
  /** Functions that keep something as a property of themselves, `function f() { f.x = … }`, and what they keep. */
  keepers: { keeper: Span; kept: Span }[]
  /** Where the lock of a wasm-cos stub is named. */
  locks: number[]
}

/**
 * The properties in which Emscripten's glue keeps a hash: `Module['wasmHash']` is an object; the flag's first releases
 * had `Module['wasmSHA256']`, only the digits.
 */
const exposedAs = /^(wasmHash|wasmSHA256)$/

/** Collects the literals of a script that {@link Literals} lists. */
export function collectLiterals(program: Program): Literals {
  const literals: Literals = {
    scopes: [program],
    strings: [],
    hashObjects: [],
    constants: [],
    exposed: [],
    readings: [],
    lookups: [],
    lists: [],
    keepers: [],
    locks: [],
  }
  const named: (Span & { name: string })[] = []
  walk(program, {
    enter(node, parent) {
      const text = stringOf(node)
      if (text !== undefined && (isHash(text) || /\.wasm([?#]|$)/.test(text))) literals.strings.push(node)
      if (text === 'wasm-cos') literals.locks.push(node.start)
      switch (node.type) {
        case 'ArrowFunctionExpression':
        case 'FunctionDeclaration':
        case 'FunctionExpression':
          literals.scopes.push(node)
          if (node.type !== 'ArrowFunctionExpression' && node.id !== null) {
            named.push({ name: node.id.name, start: node.start, end: node.end })
          }
          break
        case 'ObjectExpression':
          if (isSha256(propertyOf(node, 'algorithm'))) literals.hashObjects.push(node)
          break
        case 'ArrayExpression':
          literals.lists.push(node)
          break
        case 'VariableDeclarator':
          if (node.id.type === 'Identifier' && node.init !== null)
            literals.constants.push({ name: node.id.name, value: node.init })
          break
        case 'AssignmentExpression': {
          const { left, right } = node
          if (left.type === 'Identifier') literals.constants.push({ name: left.name, value: right })
          const object = exposingObject(left)
          if (object !== undefined) literals.exposed.push({ object, value: right })
          const keeper = named.findLast(
            (scope) => isPropertyOf(left, scope.name) && contains(scope, node.start),
          )
          if (keeper !== undefined) literals.keepers.push({ keeper, kept: right })
          break
        }
        case 'MemberExpression': {
          const object = exposingObject(node)
          const isWritten = parent?.type === 'AssignmentExpression' && parent.left === node
          if (object !== undefined && !isWritten) literals.readings.push({ object, start: node.start })
          break
        }
        default:
      }
      if (isLookup(node)) literals.lookups.push(node.start)
    },
  })
  return literals
}

/** The digits that an expression stands for; a name stands for the nearest constant of that name. */
export function digitsOf(node: Node, literals: Literals): Node | undefined {
  if (node.type === 'LogicalExpression' || node.type === 'AssignmentExpression') {
    return digitsOf(node.right, literals)
  }
  if (isHash(stringOf(node) ?? '')) return node
  if (node.type === 'ObjectExpression') {
    const value = isSha256(propertyOf(node, 'algorithm')) ? propertyOf(node, 'value') : undefined
    return value === undefined ? undefined : digitsOf(value, literals)
  }
  if (node.type !== 'Identifier') return undefined
  const scopes = scopesAround(node.start, literals)
  const [nearest] = literals.constants
    .filter(({ name, value }) => name === node.name && value.type !== 'Identifier')
    .flatMap(({ value }) => digitsOf(value, literals) ?? [])
    .map((digits) => ({ digits, depth: scopes.indexOf(scopesAround(digits.start, literals)[0]!) }))
    .filter(({ depth }) => depth !== -1)
    .toSorted((a, b) => a.depth - b.depth)
  return nearest?.digits
}

/** The functions around a position, from the inside, and the script. */
export function scopesAround(at: number, { scopes }: Literals): Span[] {
  return scopes.filter((scope) => contains(scope, at)).toReversed()
}

/** The variable whose property of Emscripten's name this is. */
function exposingObject(node: Node): string | undefined {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return undefined
  return exposedAs.test(memberNameOf(node) ?? '') ? node.object.name : undefined
}

function isPropertyOf(node: Node, name: string): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === name
}

function isLookup(node: Node): boolean {
  return isStorageMethod((node.type === 'Identifier' ? node.name : stringOf(node)) ?? '')
}
