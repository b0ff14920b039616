import { numberOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'

/** What a script mentions that tells how it may load wasm. */
export class Mentions {
  webAssembly = false
  xmlHttpRequest = false
  /** Whether it opens a request that is not asynchronous. */
  syncRequest = false
  /** Whether it compiles with `new WebAssembly.Module`. */
  syncCompile = false
  /** See {@link hasMessagesOfWasm}. */
  readonly messagesOfWasm: boolean

  constructor(code: string) {
    this.messagesOfWasm = hasMessagesOfWasm(code)
  }

  /** Notes what a node of the script mentions. */
  enter(node: Node): void {
    if (node.type === 'Identifier' && node.name === 'WebAssembly') this.webAssembly = true
    else if (node.type === 'Identifier' && node.name === 'XMLHttpRequest') this.xmlHttpRequest = true
    else if (node.type === 'NewExpression') this.syncCompile ||= isModuleOfWebAssembly(node.callee)
    else if (node.type === 'CallExpression') this.syncRequest ||= opensSyncRequest(node)
  }
}

/** Whether a script sends messages, and has a word about wasm: `wasmUrl`, for instance. */
export function hasMessagesOfWasm(code: string): boolean {
  return code.includes('postMessage') && /[wW]asm/.test(code)
}

/** Whether a call is `request.open(method, url, false)`. */
function opensSyncRequest({ callee, arguments: args }: Extract<Node, { type: 'CallExpression' }>): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'open' &&
    args[2] !== undefined &&
    ((args[2].type === 'Literal' && args[2].value === false) ||
      (args[2].type === 'UnaryExpression' && args[2].operator === '!' && numberOf(args[2].argument) === 1))
  )
}

function isModuleOfWebAssembly(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'WebAssembly' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'Module'
  )
}
