// Cross-Origin Storage in the shape of a browser's own, `getFileHandle` only: an accessor of the navigator's prototype, a
// global class, a method that prints as native code. Behind it is the browser's own disk, as in opfs-cos.js.

class CrossOriginStorageManager {
  /**
   * @param {{ value: string }} hash Of the file.
   * @param {{ create?: boolean }} [options] `create` to write it.
   */
  async getFileHandle({ value }, { create = false } = {}) {
    const folder = await navigator.storage.getDirectory()
    return folder.getFileHandle(value, { create })
  }
}

const cos = new CrossOriginStorageManager()
const { toString } = Function.prototype
Object.assign(Function.prototype, {
  /** @this {Function} */
  toString() {
    if (this === cos.getFileHandle) return 'function getFileHandle() { [native code] }'
    return toString.call(this)
  },
})
Object.assign(globalThis, { CrossOriginStorageManager })
Object.defineProperty(Navigator.prototype, 'crossOriginStorage', { get: () => cos })
