/**
 * How pages load wasm: each gets its realm, a `fetch` and a URL, and returns what the module answers.
 *
 * @typedef {Window & typeof globalThis} Realm
 * @type {Record<string, (realm: Realm, fetch: typeof globalThis.fetch, url: string) => Promise<number>>}
 */
export const callers = {
  async streaming({ WebAssembly }, fetch, url) {
    return answerOf(await WebAssembly.instantiateStreaming(fetch(url)))
  },

  async arrayBuffer({ WebAssembly }, fetch, url) {
    const response = await fetch(url)
    if (!response.ok) throw new Error(`${response.status}`)
    return answerOf(await WebAssembly.instantiate(await response.arrayBuffer()))
  },

  /** Unmodified sql.js, whose glue streams and falls back to an ArrayBuffer. */
  async emscripten({ Function }, fetch, url) {
    const scope = { module: { exports: {} }, exports: {} }
    new Function('fetch', 'module', 'exports', await sqlGlue)(fetch, scope.module, scope.exports)
    const initSqlJs = /** @type {(options: object) => Promise<any>} */ (scope.module.exports)
    const quiet = { print() {}, printErr() {} }
    const { Database } = await initSqlJs({ locateFile: () => url, ...quiet })
    return new Database().exec('select 6 * 7')[0].values[0][0]
  },
}

const sqlGlue = fetch('/sql-wasm-browser.js').then((response) => response.text())

/** @param {WebAssembly.WebAssemblyInstantiatedSource} source The module of this test. */
function answerOf({ instance }) {
  return /** @type {() => number} */ (instance.exports.answer)()
}
