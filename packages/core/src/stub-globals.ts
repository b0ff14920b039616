import { stub, stubWithIntegrity } from '@wasm-cos/runtime/stub'
import { parseSync } from 'oxc-parser'
import { isReferenceIdentifier, ScopeTracker, walk } from 'oxc-walker'
import { globalObjects } from './fetch-references.ts'

/** A scope tracker that also tells what is declared anywhere in the script. */
export class Declarations extends ScopeTracker {
  #names: Set<string> | undefined

  /** Once the whole script was walked: whether this name is declared in any scope. */
  declares(name: string): boolean {
    this.#names ??= new Set([...this.scopes.values()].flatMap((scope) => [...scope.keys()]))
    return this.#names.has(name)
  }
}

let stubGlobals: ReadonlySet<string> | undefined

/** What the stub takes from the platform, by the names it uses; `document` is for the injected code around it. */
function namesOfStubGlobals(): ReadonlySet<string> {
  return (stubGlobals ??= new Set([...freeNames(stub), ...freeNames(stubWithIntegrity), 'document']))
}

/**
 * Which of the stub's globals a script declares itself, in whatever scope: the stub would take those of the script.
 *
 * @returns The names, or `undefined` if the script leaves no way to the global object.
 */
export function shadowedGlobals(declarations: Declarations): string[] | undefined {
  if (globalObjects.every((name) => declarations.declares(name))) return undefined
  return [...namesOfStubGlobals()].filter((name) => declarations.declares(name))
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

/** The names that an expression refers to and declares nowhere. */
function freeNames(expression: string): string[] {
  const scopeTracker = new Declarations({ preserveExitedScopes: true })
  const names = new Set<string>()
  walk(parseSync('stub.js', expression).program, {
    scopeTracker,
    enter(node, parent) {
      if (node.type === 'Identifier' && isReferenceIdentifier(node, parent)) names.add(node.name)
    },
  })
  names.delete('arguments')
  return [...names].filter((name) => !scopeTracker.declares(name))
}
