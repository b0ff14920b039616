import type { Program } from '@oxc-project/types'
import { walk } from 'oxc-walker'
import { isHash, keyOf, stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'

/** What a script has that an embedded hash can consist of. */
export interface Literals {
  /** The script and the functions in it, those outside first. */
  scopes: { start: number; end: number }[]
  /** Strings that are hashes or name wasm files. */
  strings: Node[]
  /** What variables are set to. */
  constants: { name: string; value: Node }[]
  /** What is set to properties of Emscripten's names, and to constants that an explicit import leaves. */
  assigned: { value: Node; isProperty: boolean }[]
  arrays: { start: number; end: number; elements: Node[] }[]
  /** Where Cross-Origin Storage is asked for a file. */
  lookups: number[]
  /** Where the lock of a wasm-cos stub is named. */
  locks: number[]
}

/** Whether a script may carry hashes; the others need not be parsed. */
export function mayEmbedHashes(code: string): boolean {
  return /wasmHash|wasmSHA256/.test(code) || (code.includes('SHA-256') && /["'`][0-9a-f]{64}["'`]/.test(code))
}

/** `Module['wasmHash']` is an object; the flag's first releases had `Module['wasmSHA256']`, only the digits. */
const exposedAs = /^(wasmHash\d*|wasmSHA256)$/

/** Collects them. */
export function collectLiterals(program: Program): Literals {
  const literals: Literals = {
    scopes: [program],
    strings: [],
    constants: [],
    assigned: [],
    arrays: [],
    lookups: [],
    locks: [],
  }
  const assign = (name: string | undefined, value: Node, isProperty: boolean): void => {
    if (name !== undefined && exposedAs.test(name)) literals.assigned.push({ value, isProperty })
  }
  walk(program, {
    enter(node) {
      const text = stringOf(node)
      if (text !== undefined && (isHash(text) || /\.wasm([?#]|$)/.test(text))) literals.strings.push(node)
      if (text === 'wasm-cos') literals.locks.push(node.start)
      switch (node.type) {
        case 'ArrowFunctionExpression':
        case 'FunctionDeclaration':
        case 'FunctionExpression':
          literals.scopes.push(node)
          break
        case 'ArrayExpression':
          literals.arrays.push({
            start: node.start,
            end: node.end,
            elements: node.elements.filter((element) => element !== null),
          })
          break
        case 'VariableDeclarator':
          if (node.id.type !== 'Identifier' || node.init === null) break
          literals.constants.push({ name: node.id.name, value: node.init })
          assign(node.id.name, node.init, false)
          break
        case 'AssignmentExpression':
          if (node.left.type === 'Identifier')
            literals.constants.push({ name: node.left.name, value: node.right })
          else if (node.left.type === 'MemberExpression') assign(memberOf(node.left), node.right, true)
          break
        case 'Property':
          assign(keyOf(node), node.value, true)
          break
        default:
          if (isLookup(node)) literals.lookups.push(node.start)
      }
    },
  })
  return literals
}

function memberOf({ computed, property }: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  return !computed && property.type === 'Identifier' ? property.name : stringOf(property)
}

function isLookup(node: Node): boolean {
  return /^requestFileHandles?$/.test((node.type === 'Identifier' ? node.name : stringOf(node)) ?? '')
}
