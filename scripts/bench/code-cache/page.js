import { expectEvent, fetchWithStub, loadStreaming } from '../browser/loaders.js'

/**
 * Loads SQLite and keeps it busy, so that V8 optimises it; then leaves it idle, so that V8 hands its code to the cache.
 *
 * @param {object} task What and how.
 * @param {string} task.url Where the wasm is.
 * @param {string} task.file Its name.
 * @param {number} task.size In bytes.
 * @param {string} task.hash 64 hexadecimal digits.
 * @param {boolean} task.isStub Whether the stub loads it.
 * @param {string} [task.event] What the stub has to report.
 * @param {boolean} task.verify Of the stub.
 * @param {number} task.busy For how many milliseconds.
 * @param {number} task.idle For how many milliseconds.
 * @returns {Promise<{ compiled: number, called: number, worked: number }>} Milliseconds until the module was compiled,
 * the first call was over, and so were ten queries that take a while.
 */
async function visit({ url, file, size, hash, isStub, event, verify, busy, idle }) {
  const cosFetch = fetchWithStub([{ file, size, hash }], verify ? 0 : 2)
  const target = { url, hash: { algorithm: /** @type {const} */ ('SHA-256'), value: hash } }
  const start = performance.now()
  const module = await loadStreaming(target, isStub ? cosFetch : (url) => fetch(url))
  const compiled = performance.now() - start
  // @ts-expect-error -- what sql-wasm.js declares
  const { Database } = await initSqlJs({
    instantiateWasm(
      /** @type {WebAssembly.Imports} */ imports,
      /** @type {(instance: WebAssembly.Instance) => void} */ receive,
    ) {
      void WebAssembly.instantiate(module, imports).then((instance) => receive(instance))
      return {}
    },
  })
  const database = new Database()
  database.exec('SELECT 1')
  const called = performance.now() - start
  let worked = 0
  for (let query = 1; worked === 0 || performance.now() - start < busy; query++) {
    database.exec(
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) ' +
        "SELECT i % 97 AS k, count(*), sum(i * i), max(printf('%08d', i)) FROM n GROUP BY k ORDER BY k",
    )
    if (query === 10) worked = performance.now() - start
    await new Promise((resolve) => setTimeout(resolve))
  }
  await new Promise((resolve) => setTimeout(resolve, idle))
  if (event !== undefined) expectEvent(event)
  return { compiled, called, worked }
}

Object.assign(globalThis, { bench: { visit } })
