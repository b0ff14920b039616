import initGeosJs from 'geos-wasm'

const geos = await initGeosJs()
show(typeof geos.GEOSArea)
