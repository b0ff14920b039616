import initSqlJs from 'sql.js'
import { createCoffeeShop, topDrinks } from './coffee-shop.js'
import { addStyle } from './style.js'
import { showFailure, showOrders, showPage, showWasm } from './view.js'
import { watchWasm } from './watch-wasm.js'

/**
 * @typedef {object} AppOptions
 * @property {string} bundler What built this page, for its title.
 * @property {string} wasmUrl Where this bundler put `sql-wasm.wasm`.
 */

/**
 * The whole application: opens a database with unmodified sql.js, queries it, shows the answer and how the wasm came.
 * It knows nothing of wasm-cos; each bundler's build calls it with the URL of the wasm and nothing else differs.
 *
 * @param {AppOptions} options What differs between the bundlers.
 */
export async function start({ bundler, wasmUrl }) {
  const html = document.documentElement
  addStyle()
  showPage(bundler)
  const wasm = watchWasm((files) => {
    showWasm(files)
    tellParent(html.dataset.state, files)
  })
  try {
    const SQL = await initSqlJs({ locateFile: () => wasmUrl })
    showOrders(topDrinks(createCoffeeShop(SQL)))
    await wasm.arrived
    html.dataset.state = 'done'
  } catch (error) {
    showFailure(error)
    html.dataset.state = 'failed'
  }
  tellParent(html.dataset.state, wasm.files())
}

/**
 * Tells the page that shows the builds side by side how far this one is.
 *
 * @param {string} state `loading`, `done` or `failed`.
 * @param {import('./watch-wasm.js').WasmFile[]} files What is known about the wasm.
 */
function tellParent(state = 'loading', files) {
  if (window.parent !== window) window.parent.postMessage({ type: 'wasm-cos-app', state, files }, '*')
}
