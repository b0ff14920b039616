import { errorOf } from './fault-player.js'

/**
 * The form of the API: the names of its method, and whether it is the browser's own.
 *
 * @typedef {{ methods: ('getFileHandle' | 'requestFileHandle' | 'requestFileHandles')[], native: boolean }} Api
 */

/**
 * A Cross-Origin Storage in the page.
 *
 * @param {Api} api Its form.
 * @param {import('./fault-player.js').FaultPlayer} player What goes wrong.
 * @param {Blob | undefined} stored The file that is asked for, if it is there.
 */
export function createStorage(api, player, stored) {
  /** @type {{ manager: object, written: Blob[], aborted: number }} What it is, and what was done with it. */
  const storage = { manager: {}, written: [], aborted: 0 }

  /**
   * @param {{ value: string }} hash The file's.
   * @param {{ create?: boolean }} [options] Those of the API.
   */
  const handle = (hash, options) =>
    options?.create ? player.play('create', () => write(hash)) : player.play('lookup', read)
  const read = async () => {
    if (stored === undefined) throw errorOf('NotFoundError')
    return { getFile: () => player.play('getFile', getFile) }
  }
  const getFile = async () => {
    const file = await player.damage('getFile', /** @type {Blob} */ (stored))
    return player.step === 'read' ? spoilReading(player, file) : file
  }
  const write = async (/** @type {{ value: string }} */ { value }) => ({
    createWritable: () => player.play('createWritable', async () => createWritable(value)),
  })
  const createWritable = (/** @type {string} */ hash) => {
    /** @type {Blob[]} */
    const chunks = []
    const close = async () => {
      // A browser checks what its own storage is given.
      if (api.native && (await hashOf(new Blob(chunks))) !== hash) throw errorOf('DataError')
      storage.written.push(...chunks)
    }
    return {
      write: (/** @type {Blob} */ blob) => player.play('write', async () => void chunks.push(blob)),
      close: () => player.play('close', close),
      abort: async () => void storage.aborted++,
    }
  }

  /** @type {Record<string, Function>} */
  const methods = {
    getFileHandle: handle,
    requestFileHandle: handle,
    requestFileHandles: async (/** @type {[{ value: string }]} */ [hash], /** @type {object} */ options) => [
      await handle(hash, options),
    ],
  }
  // oxlint-disable-next-line typescript/no-extraneous-class -- Its methods come now.
  class CrossOriginStorageManager {}
  for (const name of api.methods)
    Object.assign(CrossOriginStorageManager.prototype, { [name]: methods[name] })
  storage.manager = new CrossOriginStorageManager()
  if (api.native) disguise(CrossOriginStorageManager, api.methods)
  return storage
}

/**
 * Makes a class look like the browser's own.
 *
 * @param {Function} manager The class.
 * @param {string[]} methods The names of its methods.
 */
function disguise(manager, methods) {
  Object.assign(globalThis, { CrossOriginStorageManager: manager })
  const { toString } = Function.prototype
  // oxlint-disable-next-line no-extend-native -- Of this frame alone.
  Function.prototype.toString = function () {
    const name = methods.find((name) => manager.prototype[name] === this)
    return name === undefined ? toString.call(this) : toString.call(URL).replace('URL', name)
  }
}

/**
 * Puts a storage where pages look for it: a browser has an accessor on the prototype, the extension an own property.
 *
 * @param {Api} api Its form.
 * @param {() => object} get Returns the storage.
 */
export function install({ native }, get) {
  const owner = native ? Navigator.prototype : navigator
  Object.defineProperty(owner, 'crossOriginStorage', { get, configurable: true })
}

/**
 * The hash of a file.
 *
 * @param {Blob} blob Its content.
 */
export async function hashOf(blob) {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * A file whose size is right and whose reading is not.
 *
 * @param {import('./fault-player.js').FaultPlayer} player What goes wrong.
 * @param {Blob} file The file.
 */
function spoilReading(player, file) {
  const arrayBuffer = () => player.play('read', async () => (await player.damage('read', copy)).arrayBuffer())
  const copy = file.slice(0, file.size, file.type)
  return Object.defineProperty(file.slice(0, file.size, file.type), 'arrayBuffer', { value: arrayBuffer })
}
