import type { Change } from '../output.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'

/**
 * Puts declarations at the end of a module; in a classic script at the end of the function that all references are
 * in, if there is one. Comments for tools (`//# sourceMappingURL`) stay last, and no line moves that has a mapping.
 */
export function insertionOf(script: ScannedScript, declarations: string): Change {
  const { isModule, fetchReferences, xhrReferences } = script
  const bodies = new Set([...fetchReferences, ...xhrReferences].map(({ functionBody }) => functionBody))
  const [body] = bodies
  if (!isModule && bodies.size === 1 && body !== undefined) {
    return { start: body.end - 1, end: body.end - 1, text: `;${declarations}` }
  }
  return insertionAtEnd(script, declarations)
}

/** Puts statements behind all others of a script. */
export function insertionAtEnd({ file: { code }, endOfStatements }: ScannedScript, text: string): Change {
  // Behind code, a comment for tools no longer counts: https://tc39.es/ecma426/#sec-linking-inline
  const forTools = commentsBehind(code, endOfStatements).find(({ text }) => /^\/[/*][#@]/.test(text))
  const end = forTools?.start ?? code.length
  return { start: end, end, text: `\n${text}\n` }
}

/** The comments behind the last statement of a script: nothing else but white space is there. */
function commentsBehind(code: string, position: number): { text: string; start: number; end: number }[] {
  const comments = code.slice(position).matchAll(/\s*(\/\/.*|\/\*[^]*?\*\/)/gy)
  return Array.from(comments, ({ 0: match, 1: text = '', index }) => {
    const end = position + index + match.length
    return { text, start: end - text.length, end }
  })
}
