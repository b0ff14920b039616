import initSqlJs from 'sql.js'
import { query } from './query.js'
import { show } from './show.js'
import url from './sql-wasm-url.js'

show(await query(initSqlJs, () => url))
