import type { Program } from '@oxc-project/types'
import { walk } from 'oxc-walker'
import type { Change } from '../output.ts'
import { memberNameOf, stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import { isStorageMethod, isUnmistakable } from '../syntax/is-storage-method.ts'
import { adaptedMethod, adaptedTest } from './adapted-method.ts'

type Member = Extract<Node, { type: 'MemberExpression' }>

/** Whether a script may ask Cross-Origin Storage itself. */
export function mayAskStorage(code: string): boolean {
  return /crossOriginStorage|requestFileHandle/.test(code)
}

/**
 * Finds where a script asks Cross-Origin Storage by one of the names that its method has had, and makes it use another
 * one where the browser has not got this one. Loaders of Emscripten, Flutter, transformers.js and wllama know only the
 * name that was right when they were written.
 *
 * Where the browser has the method by the script's own name, everything is as before.
 */
export function adaptStorageMethods(program: Program, code: string): Change[] {
  const changes: Change[] = []
  const ancestors: Node[] = []
  const functions: Node[] = [program]
  /** What variables of a function hold the manager. */
  const managers = new Map<Node, Set<string>>()
  const holdsManager = (name: string): void => {
    const scope = functions.at(-1)!
    managers.set(scope, (managers.get(scope) ?? new Set()).add(name))
  }
  const isManager = (node: Node): boolean =>
    (node.type === 'ChainExpression' && isManager(node.expression)) ||
    (node.type === 'MemberExpression' && memberNameOf(node) === 'crossOriginStorage') ||
    (node.type === 'Identifier' && (managers.get(functions.at(-1)!)?.has(node.name) ?? false))

  walk(program, {
    enter(node, parent) {
      if (/Function/.test(node.type)) functions.push(node)
      if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init !== null) {
        if (isManager(node.init)) holdsManager(node.id.name)
      } else if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') {
        if (isManager(node.right)) holdsManager(node.left.name)
      } else if (node.type === 'MemberExpression') {
        const name = memberNameOf(node) ?? ''
        if (isStorageMethod(name) && (isUnmistakable(name) || isManager(node.object))) {
          changes.push(...adaptMember(node, name, parent, ancestors, code))
        }
      } else if (node.type === 'BinaryExpression' && node.operator === 'in') {
        const name = stringOf(node.left) ?? ''
        if (isStorageMethod(name) && isManager(node.right)) {
          changes.push({
            start: node.start,
            end: node.end,
            text: adaptedTest(name, sourceOf(node.right, code)),
          })
        }
      }
      ancestors.push(node)
    },
    leave(node) {
      ancestors.pop()
      if (/Function/.test(node.type)) functions.pop()
    },
  })
  return changes
}

/** Puts the receiver of a method into the call of a function that finds the method by whatever name it has. */
function adaptMember(
  node: Member,
  name: string,
  parent: Node | null,
  ancestors: Node[],
  code: string,
): Change[] {
  const isCalled = parent?.type === 'CallExpression' && parent.callee === node
  const link = linkOf(node, code)
  if (link === undefined || isWritten(node, ancestors) || isCutShort(node)) return []
  // `super` does not stand by itself.
  if (node.object.type === 'Super') return []
  if (node.optional && parent?.type === 'MemberExpression' && parent.object === node) return []
  const { before, after } = adaptedMethod(name, node.optional, isCalled)
  // A line that begins with a parenthesis would go on with the line before it, where that has no semicolon.
  const statement = ancestors.find(
    (ancestor) => ancestor.type === 'ExpressionStatement' && ancestor.start === node.start,
  )
  const call = isCalled && node.optional && !parent.optional ? '?.' : ''
  return [
    { start: node.start, end: node.start, text: (statement === undefined ? '' : '0,') + before },
    { start: link, end: node.end, text: after + call },
  ]
}

/** Where the dot or bracket between an object and its property stands; undefined where a comment is beside it. */
function linkOf({ computed, object, optional, property }: Member, code: string): number | undefined {
  const between = code.slice(object.end, property.start)
  if (/\/[/*]/.test(between)) return undefined
  return object.end + between.lastIndexOf(optional ? '?.' : computed ? '[' : '.')
}

function isWritten(node: Node, ancestors: Node[]): boolean {
  const parent = ancestors.at(-1)
  switch (parent?.type) {
    case 'Property':
      return ancestors.at(-2)?.type === 'ObjectPattern'
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node
    case 'UnaryExpression':
      return parent.operator === 'delete'
    case 'ArrayPattern':
    case 'NewExpression':
    case 'RestElement':
    case 'TaggedTemplateExpression':
    case 'UpdateExpression':
      return true
    default:
      return false
  }
}

/** Whether an optional link further in ends the whole chain, which it would not if the object stood by itself. */
function isCutShort({ object, optional }: Member): boolean {
  if (optional) return false
  for (let node: Node = object; node.type === 'MemberExpression' || node.type === 'CallExpression';) {
    if (node.optional) return true
    node = node.type === 'MemberExpression' ? node.object : node.callee
  }
  return false
}

function sourceOf({ start, end }: Node, code: string): string {
  return code.slice(start, end)
}
