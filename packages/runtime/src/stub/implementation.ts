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
 * Whether an implementation is the browser's own: its method is that of the global class, and is shown with its name as the
 * browser shows its other functions. A wrapper shows its source, a bound function or a proxy no name; called on anything
 * but the browser's own storage, such a method throws. A page that has a `URL` of its own is told that nothing is native.
 *
 * @see https://tc39.es/ecma262/#sec-function.prototype.tostring
 */
export const isNative = (manager: CrossOriginStorageManager): boolean => {
  const method = methodOf(manager)!
  const { toString } = Function.prototype
  return (
    typeof CrossOriginStorageManager == 'function' &&
    CrossOriginStorageManager.prototype[method] == manager[method] &&
    toString.call(manager[method]) == toString.call(URL).replace('URL', method)
  )
}
