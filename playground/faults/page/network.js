/**
 * Makes a `fetch` that goes wrong in the way in which cos-host's faults say it of a step.
 *
 * @param {import('./callers.js').Realm} realm Whose `fetch` it is.
 * @param {import('./realm.js').NetworkFault} fault What goes wrong.
 * @param {Blob} other Another module.
 * @returns {typeof fetch} The `fetch`.
 */
export function createNetwork(realm, fault, other) {
  const load = async (/** @type {Parameters<typeof fetch>} */ ...args) => {
    if (fault.delay !== undefined) await new Promise((resolve) => realm.setTimeout(resolve, fault.delay))
    if (fault.reject !== undefined) throw errorOf(realm, fault.reject)
    if ('resolve' in fault) return fault.resolve === 'undefined' ? undefined : fault.resolve
    const response = await realm.fetch(...args)
    if (fault.bytes === undefined && fault.type === undefined) return response
    const body = await damaged(await response.blob(), fault, other)
    return new realm.Response(body, { headers: { 'Content-Type': fault.type ?? body.type } })
  }
  return (...args) => {
    if (fault.throw !== undefined) throw errorOf(realm, fault.throw)
    return load(...args)
  }
}

/**
 * @param {Blob} blob The content of a response.
 * @param {import('./realm.js').NetworkFault} fault What happens to it.
 * @param {Blob} other Another module.
 */
async function damaged(blob, { bytes }, other) {
  const { size, type } = blob
  if (bytes === 'truncate') return blob.slice(0, size - 1, type)
  if (bytes === 'extend') return new Blob([blob, new Uint8Array(1)], { type })
  if (bytes === 'empty') return new Blob([], { type })
  if (bytes === 'other') return other.slice(0, other.size, type)
  if (bytes !== 'flip') return blob
  const flipped = new Uint8Array(await blob.arrayBuffer())
  flipped[size - 2] = (flipped[size - 2] ?? 0) ^ 1
  return new Blob([flipped], { type })
}

/**
 * What is thrown under a name.
 *
 * @param {import('./callers.js').Realm} realm Where.
 * @param {string} name The name of a `DOMException`, or of what else can be thrown.
 */
function errorOf(realm, name) {
  if (name === 'undefined') return undefined
  if (name === 'TypeError') return new realm.TypeError('A fault of this test.')
  if (name === 'QuotaExceededError:interface' && 'QuotaExceededError' in realm)
    return Reflect.construct(/** @type {Function} */ (Reflect.get(realm, 'QuotaExceededError')), [
      'A fault of this test.',
    ])
  return new realm.DOMException('A fault of this test.', name.replace(':interface', ''))
}
