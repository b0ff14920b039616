import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { show } from './show.js'

const sqlite3 = await sqlite3InitModule()
const database = new sqlite3.oo1.DB(':memory:')
database.exec('CREATE TABLE numbers (n INTEGER)')
database.exec(
  'WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE n < 1999) INSERT INTO numbers SELECT n FROM r',
)
const [[count, sum]] = database.selectArrays('SELECT COUNT(*), SUM(n) FROM numbers')
show(`${count} rows, sum ${sum}`)
