// Cross-Origin Storage from the browser's own disk: the Origin Private File System behind the API's shape. It shares
// with nobody, and it is as fast as a browser's own implementation could be; what loads through it is measured, not it.

/** Names apart what may not be found: `?shelf=` of the page. */
const shelf = new URLSearchParams(location.search).get('shelf') ?? ''

const cos = {
  /**
   * @param {{ value: string }} hash Of the file.
   * @param {{ create?: boolean }} [options] `create` to write it.
   */
  async getFileHandle({ value }, { create = false } = {}) {
    const folder = await navigator.storage.getDirectory()
    return folder.getFileHandle(shelf + value, { create })
  },
}

Object.defineProperty(Navigator.prototype, 'crossOriginStorage', { get: () => cos })
