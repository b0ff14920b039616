// What a page's own code does. It is served twice: as it is, and as a build leaves it.

/**
 * Loads a module, by streaming or by an ArrayBuffer, and says what it answered.
 *
 * @param {string} url Of the module.
 * @param {RequestInit} [init] Options for `fetch`.
 */
async function loadStreaming(url, init) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url, init))
  return /** @type {() => number} */ (instance.exports.answer)()
}

/**
 * @param {string} url Of the module.
 * @param {RequestInit} [init] Options for `fetch`.
 */
async function loadBuffer(url, init) {
  const response = await fetch(url, init)
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer())
  return /** @type {() => number} */ (instance.exports.answer)()
}

/**
 * What a page can see of a response.
 *
 * @param {string} url Of the module.
 * @param {RequestInit} [init] Options for `fetch`.
 */
async function describeResponse(url, init) {
  const response = await fetch(url, init)
  const { ok, status, statusText, redirected, type } = response
  const seen = { url: response.url, ok, status, statusText, redirected, type }
  const headers = [...response.headers].filter(([name]) => name !== 'date')
  return JSON.stringify([seen, headers, await response.text()])
}

Object.assign(self, { loader: { loadStreaming, loadBuffer, describeResponse } })
