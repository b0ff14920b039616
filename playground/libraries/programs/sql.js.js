import initSqlJs from 'sql.js'
import url from 'sql.js/dist/sql-wasm-browser.wasm?url'

const SQL = await initSqlJs({ locateFile: () => url })
show(new SQL.Database().exec('select 6 * 7')[0].values[0][0])
