import { methodNames } from '@wasm-cos/runtime/method-names'

/** Whether a property may be the method of Cross-Origin Storage, by any of the names that it has had. */
export function isStorageMethod(name: string): boolean {
  return methodNames.some((known) => known === name)
}

/** Whether nothing else has a property of this name: folders of the File System API have a `getFileHandle()` too. */
export function isUnmistakable(name: string): boolean {
  return isStorageMethod(name) && name !== 'getFileHandle'
}
