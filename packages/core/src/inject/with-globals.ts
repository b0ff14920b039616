import { globalObjects } from '../scan/global-object.ts'
import { injectedGlobals } from '../scan/stub-globals.ts'

/**
 * Gives an expression, which names no global object, the platform's globals where a script has its own by a name.
 *
 * @param globals Those that the expression takes.
 */
export function withGlobals(
  expression: string,
  shadowed: string[],
  globals: readonly string[] = injectedGlobals,
): string {
  const names = shadowed.filter((name) => globals.includes(name) && !globalObjects.includes(name))
  if (names.length === 0) return expression
  const globalObject = globalObjects.find((name) => !shadowed.includes(name))
  // In Node there is one only.
  const object =
    globalObject === 'self' && !shadowed.includes('globalThis')
      ? '(typeof self<"u"?self:globalThis)'
      : globalObject
  // Pages replace `fetch`: it is looked up when it is called, and called on nothing.
  const values = names.map((name) =>
    name === 'fetch' ? `(...args)=>(0,${object}.fetch)(...args)` : `${object}.${name}`,
  )
  return `((${names.join()})=>${expression})(${values.join()})`
}
