import type { Program } from '@oxc-project/types'
import { collectLiterals, type Literals } from './hash-literals.ts'
import { isHash, isSha256, numberOf, propertyOf, stringOf } from '../syntax/literals.ts'
import type { Origins } from '../output.ts'
import type { Node } from '../syntax/parse.ts'

/** Where something stands in a script, in UTF-16 code units. */
export interface Place {
  start: number
  end: number
}

/** The hash of a wasm file that a script carries. */
export interface EmbeddedHash {
  /** Whose it is: a row in the table of a wasm-cos stub, or `Module['wasmHash']` of Emscripten's glue. */
  by: 'wasm-cos' | 'emscripten'
  /** The 64 hexadecimal digits. */
  value: string
  /** Where these digits stand. */
  places: Place[]
  /** wasm-cos: the file, size and origins of the row. */
  row?: { fileName: string; size: number; sizePlace: Place; origins: Origins }
  /** Emscripten: the wasm files that are named near it: in the function around it, in the one around that, and so on. */
  namesNear: string[][]
  /** Emscripten: whether its glue asks Cross-Origin Storage itself. */
  looksUp: boolean
}

/**
 * Finds the hashes that a script carries, however it was minified since.
 *
 * @see https://emscripten.org/docs/tools_reference/settings_reference.html CROSS_ORIGIN_STORAGE
 */
export function findEmbeddedHashes(program: Program): EmbeddedHash[] {
  const literals = collectLiterals(program)
  const rows = literals.arrays
    .filter(({ elements }) => isRow(elements))
    .flatMap((array) => {
      const node = digitsOf(array.elements[2]!, literals)
      const stub = scopesAround(array.start, literals)[0]!
      return node !== undefined && isStub(stub, literals) ? [{ ...array, node, stub }] : []
    })
  const isOurs = (at: number): boolean => rows.some(({ stub }) => contains(stub, at))
  const looksUp = literals.lookups.some((at) => !isOurs(at))

  const assigned = new Map<string, { at: number; isProperty: boolean }>()
  for (const { value, isProperty } of literals.assigned.toSorted(propertiesLast)) {
    const digits = digitsOf(value, literals)
    if (digits !== undefined && !isOurs(digits.start)) {
      assigned.set(stringOf(digits)!, { at: value.start, isProperty })
    }
  }
  return [
    ...rows.map(({ elements, node }) => toRow(elements, node)),
    ...[...assigned].map(([value, { at, isProperty }]): EmbeddedHash => ({
      by: 'emscripten',
      value,
      // The glue has the digits where it exposes them and once more where it asks for the file.
      places: literals.strings
        .filter((node) => stringOf(node) === value && !isOurs(node.start))
        .map((node) => inside(node)),
      namesNear: scopesAround(at, literals).map((scope) =>
        literals.strings
          .filter(({ start }) => contains(scope, start) && !isOurs(start))
          .map((node) => stringOf(node)!)
          .filter((text) => !isHash(text)),
      ),
      looksUp: looksUp && isProperty,
    })),
  ]
}

/** Of the same hash, a property says more than a constant. */
function propertiesLast(a: { isProperty: boolean }, b: { isProperty: boolean }): number {
  return Number(a.isProperty) - Number(b.isProperty)
}

function toRow([file, size, , origins]: Node[], digits: Node): EmbeddedHash {
  return {
    by: 'wasm-cos',
    value: stringOf(digits)!,
    places: [inside(digits)],
    row: {
      fileName: stringOf(file!)!,
      size: numberOf(size!)!,
      sizePlace: { start: size!.start, end: size!.end },
      origins: originsOf(origins),
    },
    namesNear: [],
    looksUp: false,
  }
}

/** Whether this function is one of ours: minifiers change names, but not that of the lock. */
function isStub(scope: Place, { locks }: Literals): boolean {
  return locks.some((at) => contains(scope, at))
}

/** Whether this is what the stub's table consists of: `[file, size, hash, origins?]`. */
function isRow([file, size, hash, ...others]: Node[]): boolean {
  return (
    hash !== undefined &&
    others.length <= 1 &&
    stringOf(file!) !== undefined &&
    numberOf(size!) !== undefined &&
    (hash.type === 'Identifier' || digitsIn(hash) !== undefined)
  )
}

/** The digits that an expression stands for; a name stands for the nearest constant of that name. */
function digitsOf(node: Node, literals: Literals): Node | undefined {
  if (node.type === 'LogicalExpression' || node.type === 'AssignmentExpression') {
    return digitsOf(node.right, literals)
  }
  if (node.type !== 'Identifier') return digitsIn(node)
  const scopes = scopesAround(node.start, literals)
  const [nearest] = literals.constants
    .filter(({ name }) => name === node.name)
    .flatMap(({ value }) => digitsIn(value) ?? [])
    .map((digits) => ({ digits, depth: scopes.indexOf(scopesAround(digits.start, literals)[0]!) }))
    .filter(({ depth }) => depth !== -1)
    .toSorted((a, b) => a.depth - b.depth)
  return nearest?.digits
}

/** The digits of a hash: the string itself, or `value` of `{ algorithm: 'SHA-256', value }`. */
function digitsIn(node: Node): Node | undefined {
  if (isHash(stringOf(node) ?? '')) return node
  if (node.type !== 'ObjectExpression' || !isSha256(propertyOf(node, 'algorithm'))) return undefined
  const value = propertyOf(node, 'value')
  return value !== undefined && isHash(stringOf(value) ?? '') ? value : undefined
}

function originsOf(node: Node | undefined): Origins {
  if (node === undefined) return []
  if (node.type !== 'ArrayExpression') return '*'
  return node.elements.flatMap((element) => (element === null ? [] : (stringOf(element) ?? [])))
}

/** The functions around a position, from the inside, and the script. */
function scopesAround(at: number, { scopes }: Literals): Place[] {
  return scopes.filter((scope) => contains(scope, at)).toReversed()
}

function contains({ start, end }: Place, at: number): boolean {
  return start <= at && at < end
}

/** Where the characters of a string stand, without its quotes. */
function inside({ start, end }: Place): Place {
  return { start: start + 1, end: end - 1 }
}
