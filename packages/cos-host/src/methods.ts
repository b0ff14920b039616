import { type MethodName, methodNames } from '@wasm-cos/runtime/method-names'

/**
 * A method that pages find: `getFileHandle(hash, options)` as browsers have it since autumn 2026;
 * `requestFileHandle(hash, options)`, its name in June 2026; `requestFileHandles([hash], options)` of the first draft, which
 * resolves to a list.
 */
export type Method = MethodName

/** What a page gets unless its host or its script's URL says otherwise: what browsers have. */
export const defaultMethods: Method[] = ['getFileHandle']

/**
 * Reads a list of methods as a command line or a URL has it: `getFileHandle,requestFileHandles`.
 *
 * @throws {TypeError} If one is unknown, or none is named.
 */
export function parseMethods(text: string): Method[] {
  return checkMethods(text.split(','))
}

/** @throws {TypeError} If a method is unknown, or there is none. */
export function checkMethods(names: readonly string[]): Method[] {
  if (names.length === 0)
    throw new TypeError(`"methods" is empty: name at least one of ${methodNames.join(', ')}.`)
  return names.map((name) => {
    const method = methodNames.find((known) => known === name)
    if (method === undefined) {
      throw new TypeError(`"methods" has "${name}": it can have ${methodNames.join(', ')}.`)
    }
    return method
  })
}
