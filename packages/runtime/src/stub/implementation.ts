import type { CrossOriginStorageManager, GetFileHandleOptions, WasmHash } from '../api.ts'

/** A name of the method by which Cross-Origin Storage is asked for a file, the newest first. */
export type Method = 'getFileHandle' | 'requestFileHandle' | 'requestFileHandles'

const methods: readonly Method[] = ['getFileHandle', 'requestFileHandle', 'requestFileHandles']

/** The newest method that an implementation has; undefined if it has none. */
export const methodOf = (manager: CrossOriginStorageManager): Method | undefined =>
  methods.find((name) => typeof manager[name] == 'function')

/** Asks for a handle. The oldest of the methods takes a list and resolves to one. */
export const ask = async (
  manager: CrossOriginStorageManager,
  hash: WasmHash,
  options?: GetFileHandleOptions,
): Promise<FileSystemFileHandle> => {
  const method = methodOf(manager)!
  const asked = (method == 'requestFileHandles' ? [hash] : hash) as WasmHash & WasmHash[]
  return ([] as FileSystemFileHandle[]).concat(await manager[method]!(asked, options))[0]!
}

/**
 * Whether an implementation is the browser's own: its method is that of the global class, and is shown with its name as
 * a browser shows its own functions. Such a method works on the browser's own manager and on nothing else. A wrapper
 * shows its source, a bound function or a proxy no name. A page that has a `URL` of its own is told that nothing is
 * native.
 *
 * @see https://tc39.es/ecma262/#sec-function.prototype.tostring
 */
export const isNative = (manager: CrossOriginStorageManager): boolean => {
  const method = methodOf(manager)!
  const ask = manager[method]
  const { toString } = Function.prototype
  return (
    typeof CrossOriginStorageManager != 'undefined' &&
    CrossOriginStorageManager.prototype[method] == ask &&
    toString.call(ask) == toString.call(URL).replace('URL', method)
  )
}
