import sqlite3InitModule from '@sqlite.org/sqlite-wasm'

const sqlite3 = await sqlite3InitModule()
show(new sqlite3.oo1.DB(':memory:').selectValue('select 6 * 7'))
