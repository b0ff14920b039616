import { stubGlobals } from '@wasm-cos/runtime/stub'
import { type Declarations } from './declarations.ts'
import { globalObjects } from './fetch-references.ts'

/** What the injected text takes from the platform, by the names it uses; `document` is for the code around the stub. */
export const injectedGlobals: readonly string[] = [...stubGlobals, 'document']

/**
 * Which of the stub's globals a script declares itself, in whatever scope: the stub would take those of the script.
 *
 * @returns The names, or `undefined` if the script leaves no way to the global object.
 */
export function shadowedGlobals(declarations: Declarations): string[] | undefined {
  if (globalObjects.every((name) => declarations.declares(name))) return undefined
  return injectedGlobals.filter((name) => declarations.declares(name))
}

/** Gives an expression the platform's globals where the script around it has its own by the same name. */
export function withGlobals(expression: string, shadowed: string[]): string {
  if (shadowed.length === 0) return expression
  const globalObject = globalObjects.find((name) => !shadowed.includes(name))
  const values = shadowed.map((name) =>
    globalObjects.includes(name) ? globalObject : `${globalObject}.${name}`,
  )
  return `((${shadowed.join()})=>${expression})(${values.join()})`
}
