import maplibregl from 'maplibre-gl'
import initSqlJs from 'sql.js/dist/sql-wasm-browser.js'
import { show } from './show.js'
import url from './sql-wasm-url.js'

// maplibre-gl makes its worker of the text of functions in the bundle. The worker requests the source's data.
const container = document.body.appendChild(document.createElement('div'))
container.style = 'width: 200px; height: 200px'
const map = new maplibregl.Map({
  container,
  style: {
    version: 8,
    sources: { points: { type: 'geojson', data: '/data.json' } },
    layers: [{ id: 'points', type: 'circle', source: 'points' }],
  },
})
const loaded = new Promise((resolve, reject) => {
  map.on('sourcedata', ({ isSourceLoaded }) => isSourceLoaded && resolve('loaded'))
  map.on('error', ({ error }) => reject(error))
})

const SQL = await initSqlJs({ locateFile: () => url })
const answer = new SQL.Database().exec('SELECT 42')[0].values[0][0]
show([answer, await loaded])
