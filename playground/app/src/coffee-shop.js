/**
 * @typedef {object} Drink
 * @property {string} name What was ordered.
 * @property {number} orders How many orders there were.
 * @property {number} cups How many cups they were.
 * @property {number} euros What they brought in.
 */

/**
 * @typedef {object} Orders
 * @property {Drink[]} drinks The drinks that brought in most, best first.
 * @property {number} total How many orders the query read.
 */

/** 5,000 orders, drawn by a linear congruential generator: the same ones on every visit. */
const schema = `
CREATE TABLE drinks (drink INTEGER PRIMARY KEY, name TEXT, price INTEGER, draw_from INTEGER, draw_to INTEGER);
INSERT INTO drinks (name, price, draw_from, draw_to) VALUES
  ('Espresso', 260, 0, 24), ('Flat white', 420, 25, 44), ('Cappuccino', 390, 45, 61), ('Filter', 340, 62, 73),
  ('Cortado', 360, 74, 83), ('Cold brew', 480, 84, 91), ('Mocha', 510, 92, 96), ('Affogato', 590, 97, 99);
CREATE TABLE orders (id INTEGER PRIMARY KEY, drink INTEGER REFERENCES drinks, cups INTEGER);
WITH RECURSIVE draws (id, seed) AS (
  SELECT 1, 42
  UNION ALL
  SELECT id + 1, (seed * 1103515245 + 12345) % 2147483648 FROM draws WHERE id < 5000
)
INSERT INTO orders
SELECT id, drink, 1 + (seed >> 8) % 3
FROM draws JOIN drinks ON (seed >> 16) % 100 BETWEEN draw_from AND draw_to;
`

/** The query that the page shows and runs. */
export const query = `SELECT name, count(*), sum(cups),
  sum(cups * price) AS revenue
FROM orders JOIN drinks USING (drink)
GROUP BY name
ORDER BY revenue DESC LIMIT 5`

/**
 * Opens a database and fills it.
 *
 * @param {import('sql.js').SqlJsStatic} SQL sql.js, initialised.
 * @returns {import('sql.js').Database} A SQLite database of two tables.
 */
export function createCoffeeShop(SQL) {
  const database = new SQL.Database()
  database.run(schema)
  return database
}

/**
 * Runs the query, which has to read every order.
 *
 * @param {import('sql.js').Database} database The coffee shop's.
 * @returns {Orders} Its answer.
 */
export function topDrinks(database) {
  const rows = database.exec(query)[0]?.values ?? []
  const total = database.exec('SELECT count(*) FROM orders')[0]?.values[0]?.[0]
  return {
    total: Number(total),
    drinks: rows.map(([name, orders, cups, revenue]) => ({
      name: String(name),
      orders: Number(orders),
      cups: Number(cups),
      euros: Number(revenue) / 100,
    })),
  }
}
