import type { Change } from '../output.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'

/**
 * Puts declarations into a script.
 *
 * A module gets all at its end. A classic script gets the functions at the end of the function that all references are in, if there
 * is one, and what has to be at the top level before its first statement, behind directives: loaders take the last variable that a
 * script leaves for what it exports (SystemJS). Comments for tools (`//# sourceMappingURL`) stay last.
 *
 * @param functions Declarations of functions.
 * @param statements Statements that have to run at the top level.
 */
export function insertionsOf(script: ScannedScript, functions: string, statements: string): Change[] {
  const { isModule, fetchReferences, xhrReferences, startOfStatements } = script
  if (isModule) return [insertionAtEnd(script, functions + statements)]
  const bodies = new Set([...fetchReferences, ...xhrReferences].map(({ functionBody }) => functionBody))
  const [body] = bodies
  if (bodies.size === 1 && body !== undefined)
    return [insertion(startOfStatements, statements), insertion(body.end - 1, `;${functions}`)]
  return [insertion(startOfStatements, functions + statements)]
}

function insertion(position: number, text: string): Change {
  return { start: position, end: position, text }
}

/** Puts statements behind all others of a script. */
function insertionAtEnd({ file: { code }, endOfStatements }: ScannedScript, text: string): Change {
  // Behind code, a comment for tools no longer counts: https://tc39.es/ecma426/#sec-linking-inline
  const forTools = commentsBehind(code, endOfStatements).find(({ text }) => /^\/[/*][#@]/.test(text))
  return insertion(forTools?.start ?? code.length, `\n${text}\n`)
}

/** The comments behind the last statement of a script: nothing else but white space is there. */
function commentsBehind(code: string, position: number): { text: string; start: number; end: number }[] {
  const comments = code.slice(position).matchAll(/\s*(\/\/.*|\/\*[^]*?\*\/)/gy)
  return Array.from(comments, ({ 0: match, 1: text = '', index }) => {
    const end = position + index + match.length
    return { text, start: end - text.length, end }
  })
}
