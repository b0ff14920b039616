import { stubGlobals, xhrStubGlobals } from '@wasm-cos/runtime/stub'
import { type Declarations } from '../syntax/declarations.ts'
import { globalObjects } from '../scan/global-object.ts'

/** What the injected text takes from the platform, by name: the stub, the code around it, and {@link withGlobals}. */
export const injectedGlobals: readonly string[] = [...stubGlobals, 'document', ...globalObjects]

/** What the stub for `XMLHttpRequest` takes from the platform, by name. */
export const xhrGlobals: readonly string[] = xhrStubGlobals

/**
 * Which of the stub's globals a script declares itself, in whatever scope: the stub would take those of the script.
 *
 * @returns The names, or `undefined` if the script leaves no way to the global object.
 */
export function shadowedGlobals(declarations: Declarations): string[] | undefined {
  if (globalObjects.every((name) => declarations.declares(name))) return undefined
  return injectedGlobals.filter((name) => declarations.declares(name))
}

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
  // Pages replace `fetch`: it is looked up when it is called.
  const values = names.map((name) =>
    name === 'fetch' ? `(...args)=>${globalObject}.fetch(...args)` : `${globalObject}.${name}`,
  )
  return `((${names.join()})=>${expression})(${values.join()})`
}
