import initSqlJs from 'sql.js'
import { query } from './query.js'
import url from './sql-wasm-url.js'

self.addEventListener('message', async ({ data: cosScript }) => {
  if (cosScript) await import(/* @vite-ignore */ /* webpackIgnore: true */ cosScript)
  self.postMessage(await query(initSqlJs, () => new URL(url, self.location.href).href))
})
