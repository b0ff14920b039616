import * as duckdb from '@duckdb/duckdb-wasm'
import mainModule from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import mainWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url'

const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(mainWorker))
await db.instantiate(new URL(mainModule, location.href).href)
const connection = await db.connect()
show((await connection.query('select 6 * 7 as answer')).toArray()[0].answer)
