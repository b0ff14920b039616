import type { CrossOriginStorageManager, GetFileHandleOptions, WasmHash } from '../api.ts'
import { type MethodName, methodNames } from '../method-names.ts'

/** The newest method that an implementation has; undefined if it has none. */
export const methodOf = (manager: CrossOriginStorageManager): MethodName | undefined =>
  methodNames.find((name) => typeof manager[name] == 'function')

/** Asks for a handle. */
export const ask = async (
  manager: CrossOriginStorageManager,
  hash: WasmHash,
  options?: GetFileHandleOptions,
): Promise<FileSystemFileHandle> => {
  const method = methodOf(manager)!
  return method == 'requestFileHandles'
    ? (await manager[method]!([hash], options))[0]!
    : manager[method]!(hash, options)
}

/**
 * Whether an implementation is the browser's own: what an accessor of the navigator's prototype returns, with a method of
 * the global class. A browser shows such a method with its name as it shows its other functions; a wrapper shows its
 * source, a bound function or a proxy no name. A page that has a `URL` of its own is told that nothing is native.
 *
 * @see https://tc39.es/ecma262/#sec-function.prototype.tostring
 */
export const isNative = (manager: CrossOriginStorageManager): boolean => {
  const method = methodOf(manager)!
  const accessor = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(navigator), 'crossOriginStorage')
  const ask = manager[method]
  const { toString } = Function.prototype
  return (
    !!accessor &&
    !!accessor.get &&
    accessor.get.call(navigator) == manager &&
    typeof CrossOriginStorageManager != 'undefined' &&
    CrossOriginStorageManager.prototype[method] == ask &&
    toString.call(ask) == toString.call(URL).replace('URL', method)
  )
}
