import maplibregl from 'maplibre-gl'
import initSqlJs from 'sql.js'
import url from 'sql.js/dist/sql-wasm-browser.wasm?url'

const SQL = await initSqlJs({ locateFile: () => url })
const answer = new SQL.Database().exec('select 6 * 7')[0].values[0][0]
const data = `data:application/json,${JSON.stringify({ type: 'Point', coordinates: [1, 2] })}`
const container = document.body.appendChild(document.createElement('div'))
const style = { version: 8, sources: { a: { type: 'geojson', data } }, layers: [] }
const map = new maplibregl.Map({ container, style })
map.on('load', async () => show(`${answer} ${(await map.getSource('a').getData()).coordinates[0]}`))
