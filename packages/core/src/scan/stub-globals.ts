import { stubGlobals, xhrStubGlobals } from '@wasm-cos/runtime/stub'
import type { Declarations } from '../syntax/declarations.ts'
import { globalObjects } from './global-object.ts'

/** The names of what the injected text takes from the platform: the stub, and the code around it. */
export const injectedGlobals: readonly string[] = [...stubGlobals, 'document', 'Proxy', ...globalObjects]

/** The names of what the stub for `XMLHttpRequest` takes from the platform. */
export const xhrGlobals: readonly string[] = xhrStubGlobals

/**
 * Finds the stub's globals that a script declares itself, in whatever scope: the stub would take those of the script.
 *
 * @returns The names, or `undefined` if the script leaves no way to the global object.
 */
export function shadowedGlobals(declarations: Declarations): string[] | undefined {
  if (globalObjects.every((name) => declarations.declares(name))) return undefined
  return injectedGlobals.filter((name) => declarations.declares(name))
}
