import * as SQLite from 'wa-sqlite'
import SQLiteESMFactory from 'wa-sqlite/dist/wa-sqlite.mjs'

const sqlite3 = SQLite.Factory(await SQLiteESMFactory())
const db = await sqlite3.open_v2(':memory:')
await sqlite3.exec(db, 'select 6 * 7', ([value]) => show(value))
