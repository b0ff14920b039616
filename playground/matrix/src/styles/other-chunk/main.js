import { query } from './query.js'
import { show } from './show.js'
import url from './sql-wasm-url.js'

// This chunk has a fetch and a WebAssembly of its own, but it is sql.js's chunk that loads.
const settings = await fetch('data:application/json,{"database":"numbers"}').then((response) =>
  response.json(),
)
if (typeof WebAssembly !== 'object' || settings.database !== 'numbers')
  throw new Error('This page needs WebAssembly.')
const { default: initSqlJs } = await import('sql.js')
show(await query(initSqlJs, () => url))
