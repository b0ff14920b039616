import { parseSync } from 'oxc-parser'
import { walk } from 'oxc-walker'
import type { Node } from '../syntax/parse.ts'

// What of a script can travel as text, for the tests of the injection.

/**
 * Finds the functions, methods and classes of a script, without those that wasm-cos declares.
 *
 * @returns For each an expression that makes it anew from its own text.
 */
export function travellersOf(code: string, sourceType: 'script' | 'module' = 'script'): string[] {
  const expressions: string[] = []
  walk(parseSync('chunk.js', code, { sourceType }).program, {
    enter(node, parent) {
      const text = code.slice(node.start, node.end)
      if (isOurs(node)) this.skip()
      else if (isMethod(node)) expressions.push(`Object.values({${text.replace(/^static\b/, '')}})[0]`)
      else if (/Function|^Class(Expression|Declaration)$/.test(node.type) && !isMethod(parent)) {
        expressions.push(`(${text})`)
      }
    },
  })
  return expressions
}

/** A script that makes something anew and calls it. */
export function call(expression: string, args: string): string {
  return `log(${/^\(class\b/.test(expression) ? 'new ' : ''}${expression}(${args}))`
}

/** A script that makes each of these anew and calls it in three ways, whether or not another fails. */
export function callAll(expressions: string[]): string {
  const texts = expressions.flatMap((one) => ['', 'own', '{}'].map((args) => call(one, args)))
  return `for (const text of ${JSON.stringify(texts)}) try { (0, eval)(text) } catch (error) { log(typeof error === 'function' ? 1 : error.name) }`
}

function isOurs(node: Node): boolean {
  // What is written around what is compared with `fetch`.
  if (node.type === 'ArrowFunctionExpression') {
    const [parameter] = node.params
    return parameter?.type === 'Identifier' && parameter.name === 'cosFetch'
  }
  return node.type === 'FunctionDeclaration' && /^cosFetch_[0-9a-f]{8}(_o[fn])?$/.test(node.id?.name ?? '')
}

function isMethod(node: Node | null): boolean {
  return (
    (node?.type === 'MethodDefinition' && node.kind !== 'constructor') ||
    (node?.type === 'Property' && (node.method || node.kind !== 'init'))
  )
}
