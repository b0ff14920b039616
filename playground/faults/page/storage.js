/**
 * Puts cos-host's Cross-Origin Storage into a realm. The script is the one that the host serves; in the host's place
 * the page answers, so that a case shares its storage with no other and waits for no network.
 *
 * @param {import('./callers.js').Realm} realm The realm.
 * @param {import('./realm.js').Api} api The form of the API.
 * @param {object} faults What goes wrong in it: see cos-host.
 * @param {Blob | undefined} stored The file that is asked for, if it is there.
 */
export async function installStorage(realm, { methods, native }, faults, stored) {
  const script = `${hostUrl}cos.js?methods=${methods.join()}&native=${native}&allow-origin=`
  scripts[script] ??= fetch(script).then((response) => response.text())
  const code = await scripts[script]

  /** @type {{ written: string[], aborted: number, isBusy: boolean }} What was done with it. */
  const storage = { written: [], aborted: 0, isBusy: false }
  const answers = {
    lookup: async () => answerOf({ found: stored !== undefined }),
    read: async () => ({ ok: true, blob: async () => stored }),
    write: async (/** @type {string} */ hash, /** @type {Blob} */ body) => {
      storage.isBusy = true
      const isRight = (await hashOf(body)) === hash
      storage.isBusy = false
      if (!isRight) return { ...answerOf({ name: 'DataError', message: 'Not the file.' }), ok: false }
      storage.written.push(hash)
      return answerOf({ dropped: [] })
    },
  }

  const { fetch: network } = realm
  const host = (/** @type {string} */ url, /** @type {{ body: Blob }} */ { body }) => {
    const [, action, hash] = new URL(url).pathname.split('/')
    return answers[/** @type {keyof typeof answers} */ (action)](hash ?? '', body)
  }
  const { abort } = realm.WritableStream.prototype
  realm.WritableStream.prototype.abort = function (/** @type {unknown} */ reason) {
    storage.aborted++
    return abort.call(this, reason)
  }
  Object.assign(realm, { fetch: host, crossOriginStorageFaults: faults })
  Reflect.get(realm, 'eval')(code)
  realm.fetch = network
  return storage
}

/** @type {Record<string, Promise<string>>} */
const scripts = {}

const hostUrl = new URLSearchParams(location.search).get('host')

/** @param {object} value What the host answers, as far as its script reads it. */
function answerOf(value) {
  return { ok: true, json: async () => value }
}

/** @param {Blob} blob A file. */
async function hashOf(blob) {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
