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
  const object = globalObjectFor(shadowed)
  // Pages replace `fetch`: it is looked up when it is called, and called on nothing.
  const values = names.map((name) =>
    name === 'fetch' ? `(...args)=>(0,${object}.fetch)(...args)` : `${object}.${name}`,
  )
  return `((${names.join()})=>${expression})(${values.join()})`
}

/** An expression for the global object, where a script has some of its names for other things. In Node there is one only. */
export function globalObjectFor(shadowed: readonly string[]): string | undefined {
  const globalObject = globalObjects.find((name) => !shadowed.includes(name))
  return globalObject === 'self' && !shadowed.includes('globalThis')
    ? '(typeof self<"u"?self:globalThis)'
    : globalObject
}
