/** Opens a database and asks it for something that must read all of its rows. */
export async function query(initSqlJs, locateFile) {
  const SQL = await initSqlJs({ locateFile })
  const database = new SQL.Database()
  database.run('CREATE TABLE numbers (n INTEGER)')
  database.run(
    'WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE n < 1999) INSERT INTO numbers SELECT n FROM r',
  )
  const [{ values }] = database.exec('SELECT COUNT(*), SUM(n) FROM numbers')
  return `${values[0][0]} rows, sum ${values[0][1]}`
}
