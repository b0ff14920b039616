import { PGlite } from '@electric-sql/pglite'

const db = await PGlite.create()
const { rows } = await db.query('select 6 * 7 as answer')
show(rows[0].answer)
